#!/bin/sh
# Holds the golden templates against Azure's OpenAPI description. Needs npm, and AKSNET_AZURE_SPECS (a folder with
# "specification" in it), which is no part of this repository: without it the check is skipped everywhere.
set -eu
cd "$(dirname "$0")/.."
. .ci/need.sh
if [ -z "${AKSNET_AZURE_SPECS:-}" ]; then
	echo "oav-templates.sh: SKIPPED: needs AKSNET_AZURE_SPECS" >&2
	exit 0
fi
need npm npm
specs="$(cd "$AKSNET_AZURE_SPECS" && pwd)/specification"
tools="${AKSNET_CACHE:-.cache}/oav"
mkdir -p "$tools"
[ -d "$tools/node_modules/oav" ] || (cd "$tools" && npm install --silent --no-audit --no-fund --prefix . oav@4.0.3)
root="$(pwd)"
find "$root/testdata" -name 'main.json' | LC_ALL=C sort >"$tools/templates"
cd "$tools" && xargs node "$root/.ci/oav-templates.mjs" "$specs" <templates
