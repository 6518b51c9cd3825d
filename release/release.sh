#!/usr/bin/env bash
# Builds what is handed out, into dist/: a static binary for each of PLATFORMS with its bill of materials, packages for Debian and
# Red Hat, and the sums of all. Of the commit that is checked out, without changes. Every binary is built twice, from two clones in
# different folders, the second time with an empty cache, and must come out the same to the byte; so must every package.
set -euo pipefail
cd "$(dirname "$0")/.."
read -ra platforms <<<"${PLATFORMS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64}"
export CGO_ENABLED=0 GOFLAGS=-mod=readonly
unset GOOS GOARCH

if [ -n "$(git status --porcelain)" ]; then
	echo "the tree has changes; a release is of a commit" >&2
	exit 1
fi
version=$(git describe --tags --always)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
case $version in
v[0-9]*) PACKAGE_VERSION=${version#v} ;;
*) PACKAGE_VERSION=0.0.0+git.$version ;;
esac
export SOURCE_DATE_EPOCH PACKAGE_VERSION

# Clones, because Go does not stamp the commit in a worktree of Git's.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for clone in "$work/first" "$work/the-second"; do
	git clone -q --no-checkout . "$clone"
	git -C "$clone" checkout -q --detach "$(git rev-parse HEAD)"
done

# binary FOLDER PLATFORM FILE
binary() {
	(cd "$1" && GOOS=${2%/*} GOARCH=${2#*/} go build -trimpath -buildvcs=true -ldflags "-s -w -X main.release=$version" -o "$3" ./cmd/retrohunt)
}

rm -rf dist
mkdir -p dist "$work/packages"
make --no-print-directory docs >/dev/null
rm -rf build/pages
mkdir -p build/pages
cp build/docs/man1/*.1 build/pages/
gzip -9nf build/pages/*.1

for platform in "${platforms[@]}"; do
	name=retrohunt_${version}_${platform/\//_}
	[ "${platform%/*}" = windows ] && name+=.exe
	echo "$name"
	binary "$work/first" "$platform" "$PWD/dist/$name"
	GOCACHE=$work/cache binary "$work/the-second" "$platform" "$work/$name"
	cmp "dist/$name" "$work/$name"
	go run ./release/sbom "dist/$name" >"dist/${name%.exe}.cdx.json"
	if [ "${platform%/*}" = linux ]; then
		for packager in deb rpm; do
			for folder in dist "$work/packages"; do
				ARCH=${platform#*/} BINARY=dist/$name go tool -modfile=release/tools/go.mod nfpm package \
					--config release/nfpm.yaml --packager $packager --target "$folder/"
			done
		done
	fi
done
for package in "$work"/packages/*; do
	[ -e "$package" ] || continue # none of the platforms has packages
	cmp "$package" "dist/${package##*/}"
done
(cd dist && sha256sum retrohunt* >SHA256SUMS)
