#!/bin/sh
# Holds the golden templates against Azure's OpenAPI description. Skips without AKSNET_AZURE_SPECS (a folder with "specification" in
# it) or without npm.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${AKSNET_AZURE_SPECS:-}" ] || ! command -v npm >/dev/null; then
	echo "oav-templates: skipped: needs AKSNET_AZURE_SPECS and npm"
	exit 0
fi
specs="$(cd "$AKSNET_AZURE_SPECS" && pwd)/specification"
tools="${AKSNET_CACHE:-.cache}/oav"
mkdir -p "$tools"
[ -d "$tools/node_modules/oav" ] || (cd "$tools" && npm install --silent --no-audit --no-fund --prefix . oav@4.0.3)
root="$(pwd)"
find "$root/testdata" "$root/render/testdata" -name 'main.json' | LC_ALL=C sort >"$tools/templates"
cd "$tools" && xargs node "$root/ci/oav-templates.mjs" "$specs" <templates
