# Sourced by the checks: need PROGRAM says whether a check can run, and ends it when not.
#
# On a developer's machine a check without its program is skipped, loudly. With CI=true it installs the program, and fails when it
# cannot: a check that never runs is no check.

# need PROGRAM [DEBIAN-PACKAGE] [GO-PACKAGE]
need() {
	command -v "$1" >/dev/null && return 0
	if [ "${CI:-}" = true ] && [ -n "${2:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		apt-get update -qq && apt-get install -y -qq --no-install-recommends "$2" >/dev/null
		command -v "$1" >/dev/null && return 0
	fi
	if [ "${CI:-}" = true ] && [ -n "${3:-}" ]; then
		GOBIN="$(pwd)/${AKSNET_CACHE:-.cache}/bin" GOFLAGS=-mod=mod go install "$3"
		PATH="$(pwd)/${AKSNET_CACHE:-.cache}/bin:$PATH"
		command -v "$1" >/dev/null && return 0
	fi
	missing "$1 is not installed"
}

# missing REASON: skipped for a developer, a failure in CI.
missing() {
	if [ "${CI:-}" = true ]; then
		echo "$(basename "$0"): FAILED: $1" >&2
		exit 1
	fi
	echo "$(basename "$0"): SKIPPED: $1" >&2
	exit 0
}
