#!/usr/bin/env bash
# Times "aksnet ip" against iprange on the same lists, start-up included, and compares what they print
# byte for byte; then the allocator against netipx and look-ups against bart, in process.
# Then fleets through plan and validate.
# Prints Markdown tables of medians. Needs go, iprange and awk.
#
# usage: scripts/bench-ip.sh [RUNS]     (default 9 runs of each command, and a third of that in process)
set -euo pipefail
export LC_ALL=C
runs=${1:-9}
cd "$(dirname "$0")/.."
command -v iprange >/dev/null || { echo "bench-ip: iprange is not installed (apt-get install iprange)" >&2; exit 3; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
build() { CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$@"; } # as goreleaser.yaml does
build "$dir/aksnet" .
mkdir "$dir/hello"
printf 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n' >"$dir/hello/main.go"
build "$dir/hello-world" "$dir/hello/main.go"

# random N SEED: masked IPv4 prefixes, most of them /24 and longer.
random() {
	awk -v n="$1" -v seed="$2" 'BEGIN {
		srand(seed); split("16 20 22 24 24 24 24 25 26 27 28 29 30 32 32", l, " ")
		for (i = 0; i < n; i++) {
			bits = l[1 + int(rand() * 15)]; size = 2 ^ (32 - bits)
			a = int((int(rand() * 65536) * 65536 + int(rand() * 65536)) / size) * size
			printf "%d.%d.%d.%d/%d\n", int(a / 16777216), int(a / 65536) % 256, int(a / 256) % 256, a % 256, bits
		}
	}'
}

# one OUT COMMAND…: milliseconds of one run.
one() {
	local out=$1 start end
	shift
	start=${EPOCHREALTIME/./}
	"$@" >"$out" </dev/null
	end=${EPOCHREALTIME/./}
	awk -v d=$((end - start)) 'BEGIN { printf "%.1f\n", d / 1000 }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# row NAME A… -- B…: alternates the two commands and prints their medians and the ratio.
row() {
	local name=$1 a=() b=() i
	shift
	while [ "$1" != -- ]; do a+=("$1"); shift; done
	shift
	b=("$@")
	: >"$dir/a.ms"; : >"$dir/b.ms"
	for ((i = 0; i < runs; i++)); do
		one "$dir/a.out" "${a[@]}" >>"$dir/a.ms"
		one "$dir/b.out" "${b[@]}" >>"$dir/b.ms"
	done
	local same=-
	if [ "${b[0]}" = iprange ]; then
		same=same
		cmp -s "$dir/a.out" "$dir/b.out" || { same=DIFFERENT; failed=1; }
	fi
	awk -v n="$name" -v a="$(median <"$dir/a.ms")" -v b="$(median <"$dir/b.ms")" -v s="$same" \
		'BEGIN { printf "| %s | %.1f | %.1f | %.2f | %s |\n", n, a, b, a / b, s }'
}

# quiet runs a command without its messages.
# shellcheck disable=SC2317 # row calls it by name
quiet() { "$@" 2>/dev/null; }

# fleet N: a spec of so many clusters with five pools each, of all models in turn.
fleet() {
	awk -v n="$1" 'BEGIN {
		split("overlay node-subnet pod-subnet kubenet byo", models, " ")
		print "apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\naddressSpace:\n  pools: [10.0.0.0/8]\nclusters:"
		for (i = 0; i < n; i++) {
			printf "  - name: c%05d\n    model: %s\n    nodePools:\n", i, models[1 + i % 5]
			for (j = 0; j < 5; j++) printf "      - {name: p%d, count: %d, maxPods: %d, maxSurge: 33%%}\n", j, 3 + j, 30 + j
		}
	}'
}
for n in 1 1000 10000; do fleet "$n" >"$dir/fleet$n.yaml"; done

failed=0
echo "| what | aksnet, ms | other, ms | ratio | output |"
echo "| --- | ---: | ---: | ---: | --- |"
row "start: ip info 10.0.0.0/8, against a Go hello-world" "$dir/aksnet" ip info 10.0.0.0/8 -- "$dir/hello-world"
row "start: plan of one cluster, against a Go hello-world" quiet "$dir/aksnet" plan --fail-on never "$dir/fleet1.yaml" -- "$dir/hello-world"
for n in 10000 100000 1000000; do
	random "$n" 1 >"$dir/one.txt"
	random "$n" 2 >"$dir/two.txt"
	row "merge $n" "$dir/aksnet" ip merge "$dir/one.txt" \
		-- iprange --merge --print-suffix-ips /32 "$dir/one.txt"
	row "subtract $n from $n" "$dir/aksnet" ip subtract "$dir/one.txt" "$dir/two.txt" \
		-- iprange --print-suffix-ips /32 "$dir/one.txt" --except "$dir/two.txt"
	row "intersect $n with $n" "$dir/aksnet" ip intersect "$dir/one.txt" "$dir/two.txt" \
		-- iprange --common --print-suffix-ips /32 "$dir/one.txt" "$dir/two.txt"
	printf '0.0.0.0/1\n' >"$dir/pool.txt"
	row "free in 0.0.0.0/1, $n used" "$dir/aksnet" ip free --in "$dir/pool.txt" --used "$dir/one.txt" \
		-- iprange --print-suffix-ips /32 "$dir/pool.txt" --except "$dir/one.txt"
done
if [ -x /usr/bin/time ]; then
	echo
	# peak NAME ARGUMENTS…: the most memory that "ip" took in each format, of lists in files and of one that flows.
	peak() {
		local line="| $1" format from
		shift
		for from in "$dir/one.txt" -; do
			for format in plain json table; do
				# shellcheck disable=SC2002 # a pipe is wanted here, and no file
				{ cat "$dir/one.txt" | /usr/bin/time -o "$dir/peak" -f %M "$dir/aksnet" ip "$@" "$from" -o "$format" >/dev/null 2>&1; } || true
				line+=" | $(($(tail -1 "$dir/peak") / 1024))"
			done
		done
		echo "$line |"
	}
	echo "| peak memory of 1,000,000, MiB | plain | json | table | plain, stdin | json, stdin | table, stdin |"
	echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
	for verb in info range merge tree overlaps; do peak $verb $verb; done
	for verb in subtract intersect diff contains; do peak "$verb of two" $verb "$dir/two.txt"; done
	peak free free --in 0.0.0.0/0
	peak next next 28 --in 0.0.0.0/0
fi

# Fleets, from the file to the JSON of the plan or of the findings.
echo
echo "| fleet of clusters with five pools | 1,000, ms | 10,000, ms | growth |"
echo "| --- | ---: | ---: | ---: |"
for verb in plan validate; do
	for n in 1000 10000; do
		for ((i = 0; i < runs; i += 3)); do
			one "$dir/a.out" quiet "$dir/aksnet" $verb --fail-on never -o json "$dir/fleet$n.yaml"
		done | median >"$dir/fleet$n.ms"
	done
	awk -v v=$verb -v a="$(cat "$dir/fleet1000.ms")" -v b="$(cat "$dir/fleet10000.ms")" 'BEGIN { printf "| %s | %.0f | %.0f | %.1f |\n", v, a, b, b / a }'
done

# In process: medians of the benchmarks of package ipam, in nanoseconds.
echo
go test ./ipam -run '^$' -count $(((runs + 2) / 3)) -benchtime 0.3s \
	-bench '^(BenchmarkAllocate|BenchmarkReallocate|BenchmarkReleaseReserve|BenchmarkNetipxRemoveFreePrefix|BenchmarkOverlapPairs|BenchmarkLookup|BenchmarkSmallPool)$' |
	awk '
		/^Benchmark/ { sub(/-[0-9]+$/, "", $1); sub(/^Benchmark/, "", $1); if (!($1 in count)) order[++names] = $1; v[$1, ++count[$1]] = $3 }
		function median(n,    i, j, t) {
			for (i = 2; i <= count[n]; i++) for (j = i; j > 1 && v[n, j - 1] > v[n, j]; j--) { t = v[n, j]; v[n, j] = v[n, j - 1]; v[n, j - 1] = t }
			return v[n, int((count[n] + 1) / 2)]
		}
		END {
			print "| in process | ns | a second |\n| --- | ---: | ---: |"
			for (i = 1; i <= names; i++) { m[order[i]] = median(order[i]); printf "| %s | %.0f | %.0f |\n", order[i], m[order[i]], 1e9 / m[order[i]] }
			print "\n| ratio | |\n| --- | ---: |"
			printf "| netipx RemoveFreePrefix to Allocate, 100000 in use | %.0f |\n", m["NetipxRemoveFreePrefix/100000"] / m["Allocate/100000"]
			printf "| Allocate, 1000000 to 1000 in use (log n: 2.0) | %.1f |\n", m["Allocate/1000000"] / m["Allocate/1000"]
			printf "| Release and Allocate, 1000000 to 1000 in use (log n: 2.0) | %.1f |\n", m["Reallocate/1000000"] / m["Reallocate/1000"]
			printf "| look-up with an index to bart.Lite, a million prefixes | %.2f |\n", m["Lookup/index"] / m["Lookup/bart"]
			printf "| narrowest prefix with a table to bart.Lite, a million prefixes | %.2f |\n", m["Lookup/narrowest/table"] / m["Lookup/narrowest/bart"]
		}'
exit $failed
