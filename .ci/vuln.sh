#!/usr/bin/env bash
# Asks govulncheck for known vulnerabilities in code that aksnet calls.
#
# One in a module fails: a newer version of the module is ours to choose. One in Go's standard library is reported with the
# release of Go that mends it, because the machine that runs this chooses its Go; the release workflow fails on those too
# (STRICT=true).
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/need.sh
need jq jq

# The database is a web site and, for machines that reach only the module proxy, a module.
db=https://vuln.go.dev
if ! curl --silent --fail --max-time 10 --output /dev/null "$db/index/db.json"; then
	osv=$(cd / && GOFLAGS=-mod=mod go mod download -json golang.org/x/vulndb@latest | jq -r .Dir)
	folder=$(mktemp -d)
	trap 'rm -rf "$folder"' EXIT
	(cd / && GOFLAGS=-mod=mod go run golang.org/x/vulndb/cmd/indexdb@latest -vulns "$osv/data/osv" -out "$folder")
	db=file://$folder
fi

report=$(go tool govulncheck -db "$db" -format json ./...)

# called FILTER: id, module, version and mended version of each vulnerability with a function that aksnet calls.
called() {
	jq -rs "[.[] | .finding // empty | select(.trace[0].function) | select($1)
		| \"\(.osv)  \(.trace[0].module) \(.trace[0].version), mended in \(.fixed_version // \"no version yet\")\"] | unique[]" <<<"$report"
}

modules=$(called '.trace[0].module != "stdlib"')
library=$(called '.trace[0].module == "stdlib"')
if [[ -n $library ]]; then
	printf 'vuln.sh: in this Go, %s:\n%s\n' "$(go env GOVERSION)" "$library"
fi
if [[ -n $modules ]]; then
	printf 'vuln.sh: FAILED: in modules that go.mod chooses:\n%s\n' "$modules" >&2
	exit 1
fi
if [[ -n $library && ${STRICT:-} == true ]]; then
	echo "vuln.sh: FAILED: build with a newer Go" >&2
	exit 1
fi
echo "vuln: no known vulnerability in a module is called (database: ${db%%:*})"
