#!/bin/sh
# Asks terraform whether the golden files are formatted. No registry has the program; where it is missing this check is skipped, in CI
# too: package render's tests hold the same files to the same formatter's code.
set -eu
cd "$(dirname "$0")/.."
if ! command -v terraform >/dev/null; then
	echo "terraform.sh: SKIPPED: terraform is not installed; go test ./render asks its formatter" >&2
	exit 0
fi
terraform fmt -check -diff -recursive testdata
terraform fmt -check -diff -recursive testdata/golden
echo "terraform: all files are formatted"
