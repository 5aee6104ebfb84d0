#!/bin/sh
# Holds the traffic between apply and its stand-in against Azure's OpenAPI description. Skips without AKSNET_AZURE_SPECS (a folder with
# "specification" in it) or without npm.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${AKSNET_AZURE_SPECS:-}" ] || ! command -v npm >/dev/null; then
	echo "oav: skipped: needs AKSNET_AZURE_SPECS and npm"
	exit 0
fi
tools="${AKSNET_CACHE:-.cache}/oav"
mkdir -p "$tools"
[ -d "$tools/node_modules/oav" ] || (cd "$tools" && npm install --silent --no-audit --no-fund --prefix . oav@4.0.3)
record="$(cd "$tools" && pwd)/record.json"
AKSNET_RECORD="$record" go test -count=1 -run '^TestRecord$' ./apply
script="$(pwd)/ci/oav.mjs"
cd "$tools" && node "$script" "$AKSNET_AZURE_SPECS/specification" "$record"
