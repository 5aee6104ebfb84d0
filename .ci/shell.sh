#!/bin/sh
# Reads every golden script with bash, and with shellcheck.
set -eu
cd "$(dirname "$0")/.."
. .ci/need.sh
files="$(find testdata -name 'main.sh' | LC_ALL=C sort)"
for f in $files; do
	bash -n "$f"
done
echo "shell: bash reads $(echo "$files" | wc -l) scripts"
need shellcheck shellcheck
# shellcheck disable=SC2086 # one argument a file; their names are ours
shellcheck --shell=bash --severity=style $files
echo "shell: shellcheck has nothing to say"
