#!/usr/bin/env bash
# Builds what a release holds, as far as a machine without its services can: static binaries and the container image. SBOM,
# signing, provenance and publishing need the programs and the identity of the release workflow.
#
# One architecture of each operating system by default; all six platforms with "release.sh all", which takes minutes more.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/need.sh

dist=$(mktemp -d)
trap 'rm -rf "$dist"' EXIT

platforms=(linux/amd64 darwin/arm64 windows/amd64)
if [[ ${1:-} == all ]]; then
	platforms+=(linux/arm64 darwin/amd64 windows/arm64)
fi
for platform in "${platforms[@]}"; do
	mkdir -p "$dist/$platform"
	CGO_ENABLED=0 GOOS=${platform%/*} GOARCH=${platform#*/} go build -ldflags="-s -w" -o "$dist/$platform/aksnet" .
done
need file file
if file "$dist"/linux/*/aksnet | grep -v 'statically linked' >&2; then
	echo "release.sh: FAILED: a binary for Linux is not static" >&2
	exit 1
fi
echo "release: binaries of ${#platforms[@]} platforms, the largest of $(
	find "$dist" -name aksnet -printf '%s\n' | sort -n | tail -1 | numfmt --to=si)B"

# The image is built by buildah, which needs no daemon; without a registry there is nothing to pull for "scratch".
need buildah buildah
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
mkdir -p "$dist/share"
cp /etc/ssl/certs/ca-certificates.crt "$dist/share/"
image=aksnet-ci
buildah bud --quiet --build-arg TARGETPLATFORM=linux/amd64 --tag "$image" \
	--file integrations/container/Containerfile "$dist" >/dev/null
container=$(buildah from "$image")
trap 'buildah rm "$container" >/dev/null; buildah rmi "$image" >/dev/null; rm -rf "$dist"' EXIT

user=$(buildah inspect --format '{{.OCIv1.Config.User}}' "$image")
if [[ $user != 65532:65532 ]]; then
	echo "release.sh: FAILED: the image runs as \"$user\"" >&2
	exit 1
fi
size=$(du --bytes --summarize "$(buildah mount "$container")" | cut -f1)
if ((size > 25000000)); then
	echo "release.sh: FAILED: the image has $size bytes" >&2
	exit 1
fi
# The image's own user reads a mounted folder and plans it.
buildah run --volume "$PWD/testdata/specs:/work:ro" "$container" -- \
	/usr/bin/aksnet plan --quiet -o json private-firewall.yaml >"$dist/plan.json"
(cd testdata/specs && "$dist/linux/amd64/aksnet" plan --quiet -o json private-firewall.yaml) | cmp - "$dist/plan.json"
echo "release: the image has $(numfmt --to=si "$size")B, runs as $user and plans"
