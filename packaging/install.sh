#!/usr/bin/env bash
# Installs the programs from an archive of a release; the action of this repository runs it.
#
#   VERSION                  0.1.0, or `latest`; without it, the version of the checkout that this file lies in
#   RELEASES                 where the releases are
#   DESTINATION              the folder for the programs; without it, one in RUNNER_TEMP
#   RUNNER_OS, RUNNER_ARCH   as GitHub's runners say them; elsewhere, what `uname` says
#   GITHUB_PATH              gets a line with the folder, as GitHub's runners want it
set -euo pipefail

name=mdbook-bilingual
releases=${RELEASES:-https://github.com/OWNER/mdbook-bilingual/releases}
version=${VERSION:-}

fail() {
    printf '::error::%s\n' "$*"
    exit 1
}

fetch() {
    # --location: releases are on another host.
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1" || fail "could not download $1"
}

case "${RUNNER_OS:-$(uname -s)}" in
    Linux) system=unknown-linux-musl suffix=tar.gz exe='' ;;
    macOS | Darwin) system=apple-darwin suffix=tar.gz exe='' ;;
    Windows | MINGW* | MSYS*) system=pc-windows-msvc suffix=zip exe=.exe ;;
    *) fail "there is no archive of $name for ${RUNNER_OS:-$(uname -s)}; \`cargo install $name\` compiles it" ;;
esac
case "${RUNNER_ARCH:-$(uname -m)}" in
    X64 | x86_64 | amd64) machine=x86_64 ;;
    ARM64 | aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no archive of $name for ${RUNNER_ARCH:-$(uname -m)}; \`cargo install $name\` compiles it" ;;
esac
target=$machine-$system

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if [[ $version == latest ]]; then
    fetch "$releases/latest/download/SHA256SUMS" "$folder/SHA256SUMS"
    version=$(sed -n "s/^[0-9a-f]*  $name-v\(.*\)-$target\.$suffix\$/\1/p" "$folder/SHA256SUMS")
    [[ -n $version ]] || fail "the newest release has no archive for $target"
elif [[ -z $version ]]; then
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$(dirname "${BASH_SOURCE[0]}")/../Cargo.toml")
fi
version=${version#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$ ]] || fail "$version is no version of $name, such as 0.1.0"

archive=$name-v$version-$target.$suffix
fetch "$releases/download/v$version/SHA256SUMS" "$folder/SHA256SUMS"
fetch "$releases/download/v$version/$archive" "$folder/$archive"
cd "$folder"
wanted=$(grep "^[0-9a-f]\{64\}  $archive\$" SHA256SUMS) || fail "SHA256SUMS of version $version does not name $archive"
if command -v sha256sum >/dev/null; then
    sha256sum -c - <<<"$wanted" >/dev/null 2>&1 || fail "$archive is not what SHA256SUMS says"
else
    shasum -a 256 -c - <<<"$wanted" >/dev/null 2>&1 || fail "$archive is not what SHA256SUMS says"
fi
case $suffix in
    zip) unzip -q "$archive" ;;
    *) tar -xzf "$archive" ;;
esac

destination=${DESTINATION:-${RUNNER_TEMP:-/tmp}/$name-$version}
mkdir -p "$destination"
for program in "$name" "$name-search" "$name-site"; do
    cp "$name-v$version-$target/$program$exe" "$destination/"
done
if [[ -n ${GITHUB_PATH:-} ]]; then
    printf '%s\n' "$destination" >>"$GITHUB_PATH"
fi
printf '%s %s is in %s, with its renderer\n' "$name" "$version" "$destination"
