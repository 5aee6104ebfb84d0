#!/usr/bin/env bash
# Lets sixteen processes reserve ranges of one ledger at one time, in a file and in Azurite, Microsoft's emulator of Azure
# Storage, and kills a hundred of them.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/need.sh
need npm npm

folder=${AKSNET_CACHE:-.cache}/azurite
if [[ ! -x $folder/node_modules/.bin/azurite-blob ]]; then
	[[ ${CI:-} == true ]] || missing "Azurite is not installed: npm install --prefix $folder azurite"
	mkdir -p "$folder"
	npm install --silent --no-fund --no-audit --prefix "$folder" azurite@3 || missing "npm cannot install Azurite"
fi

port=$((20000 + RANDOM % 20000))
"$folder/node_modules/.bin/azurite-blob" --silent --disableTelemetry --skipApiVersionCheck --inMemoryPersistence --blobPort "$port" &
azurite=$!
trap 'kill $azurite 2>/dev/null' EXIT
for _ in $(seq 100); do
	if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
	sleep 0.1
done

# The account and the key of every Azurite.
export AKSNET_AZURITE="DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;\
AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;\
BlobEndpoint=http://127.0.0.1:$port/devstoreaccount1;"
go test ./internal/ledger -count 1 -run Azurite -v
go test ./internal/test -count 1 -run 'TestLedger(Processes|Killed|Azurite)' -v \
	-ledger-workers 16 -ledger-each 5 -ledger-kills 100
