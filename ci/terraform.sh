#!/bin/sh
# Asks terraform whether the golden files are formatted. Skips without terraform; the tests ask its formatter all the same.
set -eu
cd "$(dirname "$0")/.."
if ! command -v terraform >/dev/null; then
	echo "terraform: skipped: it is not installed"
	exit 0
fi
terraform fmt -check -diff -recursive testdata
terraform fmt -check -diff -recursive render/testdata
echo "terraform: all files are formatted"
