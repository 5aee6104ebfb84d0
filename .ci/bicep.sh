#!/bin/sh
# Reads every golden Bicep file with an independent grammar. Needs npm.
set -eu
cd "$(dirname "$0")/.."
. .ci/need.sh
need npm npm
tools="${AKSNET_CACHE:-.cache}/bicep"
mkdir -p "$tools"
[ -d "$tools/node_modules/tree-sitter-bicep" ] ||
	(cd "$tools" && npm install --silent --no-audit --no-fund --ignore-scripts --prefix . tree-sitter-bicep@1.1.0 web-tree-sitter@0.27.1)
root="$(pwd)"
find "$root/testdata" -name '*.bicep' | LC_ALL=C sort >"$tools/files"
cd "$tools" && xargs node "$root/.ci/bicep.mjs" <files
