#!/bin/sh
# Holds the traffic between apply and its stand-in against Azure's OpenAPI description. Needs npm, and AKSNET_AZURE_SPECS (a
# folder with "specification" in it), which is no part of this repository: without it the check is skipped everywhere.
set -eu
cd "$(dirname "$0")/.."
. .ci/need.sh
if [ -z "${AKSNET_AZURE_SPECS:-}" ]; then
	echo "oav.sh: SKIPPED: needs AKSNET_AZURE_SPECS" >&2
	exit 0
fi
need npm npm
tools="${AKSNET_CACHE:-.cache}/oav"
mkdir -p "$tools"
[ -d "$tools/node_modules/oav" ] || (cd "$tools" && npm install --silent --no-audit --no-fund --prefix . oav@4.0.3)
record="$(cd "$tools" && pwd)/record.json"
AKSNET_RECORD="$record" go test -count=1 -run '^TestRecord$' ./internal/apply
script="$(pwd)/.ci/oav.mjs"
cd "$tools" && node "$script" "$AKSNET_AZURE_SPECS/specification" "$record"
