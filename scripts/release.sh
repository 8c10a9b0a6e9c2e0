#!/usr/bin/env bash
# Makes what a release consists of, for the system that it runs on:
#
#   kyoten-VERSION-CPU-SYSTEM.zip       the program, started by a double click, with pages, licences and the QGIS plugin
#   kyoten-VERSION-….whl                the Python package, for every Python from 3.10
#   kyoten_qgis-VERSION.zip             the plugin alone
#   papers/                             licences of all crates; what the program is built of (CycloneDX); both are in the zip
#   notes.md                            the version's part of CHANGELOG.md
#   SHA256SUMS-CPU-SYSTEM               of the zips and the wheel
#
#   bash scripts/release.sh [--out FOLDER] [--target TRIPLE] [--tag vVERSION] [--papers FOLDER | --only-papers]
#                           [--binary FILE] [--wheel FILE | --no-wheel]
#
# `--out` is target/dist unless said. With `--tag` its version must be that of Cargo.toml and have a part of CHANGELOG.md;
# without, the notes are those of what is not released yet. `--papers`, `--binary` and `--wheel` take what is made already. The zip
# is the same, byte for byte, wherever the same binary is put into it: its dates are SOURCE_DATE_EPOCH, or the commit's.
#
# Asked for are Python 3.10 or newer and git; for the papers `cargo install --locked cargo-about --features cli` and
# `cargo install --locked cargo-cyclonedx`; for the wheel `pip install 'maturin>=1.9,<2'`. A program for Linux asks its system for a C
# library that is new enough and for nothing else: how new is printed, and is in the name of the wheel. With `--tag` the plugin must say
# where the project is to be found; without, it is told what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'release: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}
needs() { command -v "$1" >/dev/null || fail "$1 not found: $2"; }

out=target/dist target='' tag='' papers='' binary='' wheel='' has_wheel=true is_papers_only=false
while [ $# -gt 0 ]; do
    case $1 in
        --no-wheel) has_wheel=false ;;
        --only-papers) is_papers_only=true ;;
        --out | --target | --tag | --papers | --binary | --wheel)
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
[ -z "$papers" ] || [ -d "$papers" ] || fail "$papers is no folder"

python=${PYTHON:-python3}
needs "$python" 'install Python 3.10 or newer'
needs git 'it says as of when the release is'
needs cargo 'install Rust from https://rustup.rs'
if [ -z "$papers" ]; then
    needs cargo-about 'cargo install --locked cargo-about --features cli'
    needs cargo-cyclonedx 'cargo install --locked cargo-cyclonedx'
fi

version=$(sed -n '/^\[package\]/,/^\[/s/^version *= *"\(.*\)".*/\1/p' Cargo.toml)
for other in "$(sed -n 's/^version *= *"\(.*\)".*/\1/p' python/Cargo.toml | head -1)" "$(sed -n 's/^version=//p' qgis/kyoten_qgis/metadata.txt)"; do
    [ "$other" = "$version" ] || fail "Cargo.toml says $version, the Python module or the plugin $other"
done
[ -z "$tag" ] || [ "$tag" = "v$version" ] || fail "the tag is $tag, Cargo.toml says $version"
"$python" qgis/package.py --check || [ -z "$tag" ] || fail 'the plugin is not ready to be published (above)'
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

mkdir -p "$out"
out=$(cd "$out" && pwd)

say "notes of $version"
if [ -n "$tag" ]; then part=$version; else part=--draft; fi
"$python" scripts/release/notes.py "$part" >"$out/notes.md"

if [ -z "$papers" ]; then
    say 'licences and components of all crates'
    papers=$out/papers
    rm -rf "$papers"
    mkdir "$papers"
    # The module is built of all that the program is built of, and more. What the crates bring with them is taken, and nothing asked of
    # the places that they come from, which may answer otherwise tomorrow.
    cargo fetch --quiet --locked
    cargo about generate --frozen --fail --manifest-path python/Cargo.toml --config scripts/release/about.toml \
        --output-file "$papers/THIRD-PARTY-CRATES.txt" scripts/release/about.hbs
    # It writes beside each manifest.
    components=kyoten-$version.cdx
    cargo cyclonedx --quiet --manifest-path python/Cargo.toml --format json --spec-version 1.5 --no-build-deps --target all --override-filename "$components"
    # Where this machine keeps the sources is nobody's business.
    sed "s|file://$PWD|file:///kyoten|g" "python/$components.json" >"$papers/$components.json"
    rm -f "$components.json" "python/$components.json"
fi
! $is_papers_only || exit 0

# Without a word on the target Cargo builds into another folder, where what was compiled before is used. The bash of macOS takes an
# empty list for one that is not there.
built=${CARGO_TARGET_DIR:-target}/${target:+$target/}release
towards=(${target:+--target "$target"})
target=${target:-$(rustc -vV | sed -n 's/^host: //p')}
case $target in
    *-linux-*) system=linux suffix='' ;;
    *-darwin) system=macos suffix='' ;;
    *-windows-*) system=windows suffix=.exe ;;
    *) fail "no release is made for $target" ;;
esac
if [ "$target" = x86_64-pc-windows-msvc ]; then
    # A planner's Windows need not have Microsoft's libraries for C++: they are linked in, and PROJ is told to do the same.
    export CARGO_TARGET_X86_64_PC_WINDOWS_MSVC_RUSTFLAGS=${CARGO_TARGET_X86_64_PC_WINDOWS_MSVC_RUSTFLAGS:--C target-feature=+crt-static}
    export CMAKE_TOOLCHAIN_FILE_x86_64_pc_windows_msvc=${CMAKE_TOOLCHAIN_FILE_x86_64_pc_windows_msvc:-$PWD/scripts/release/static-crt.cmake}
fi
# Else PROJ asks for the macOS that it is built on, where the rest of the program does not.
[ "$system" != macos ] || export MACOSX_DEPLOYMENT_TARGET=${MACOSX_DEPLOYMENT_TARGET:-11.0}
where=${target%%-*}-$system
name=kyoten-$version-$where

# What is said to the linker of the program and of the module alone, so that nothing is compiled for it.
linked=()
if [ "$system" = linux ] && { [ -z "$binary" ] || [ -z "$wheel" ]; }; then
    compiler=${CC:-cc}
    needs "$compiler" 'install a C and C++ compiler'
    beside=${CARGO_TARGET_DIR:-target}/release-linux
    mkdir -p "$beside"
    beside=$(cd "$beside" && pwd)
    # PROJ is C++, and the library for that is as new as its compiler. A folder that has it for static linking alone is looked into first.
    library=$("$compiler" -print-file-name=libstdc++.a)
    [ -f "$library" ] || fail "libstdc++.a not found: $compiler has no C++ library that can be linked in"
    ln -sf "$library" "$beside/libstdc++.a"
    "$compiler" -O2 -fPIC -fno-builtin -c scripts/release/hypot.c -o "$beside/hypot.o"
    linked=(-L "native=$beside" -C "link-arg=$beside/hypot.o")
fi

say 'the plugin for QGIS'
"$python" qgis/package.py "$out" >/dev/null

if [ -z "$binary" ]; then
    say "the program for $target"
    cargo rustc --release --locked --bin kyoten ${towards[@]+"${towards[@]}"} -- ${linked[@]+"${linked[@]}"}
    binary=$built/kyoten$suffix
fi
say "the zip $name"
"$python" scripts/release/bundle.py --system "$system" --name "$name" --binary "$binary" --papers "$papers" \
    --plugin "$out/kyoten_qgis-$version.zip" --epoch "$SOURCE_DATE_EPOCH" --out "$out" >/dev/null

if [ -n "$wheel" ]; then
    cp "$wheel" "$out/"
elif $has_wheel; then
    needs maturin "pip install 'maturin>=1.9,<2'"
    say 'the wheel'
    maturin build --release --locked --manifest-path python/Cargo.toml ${towards[@]+"${towards[@]}"} --out "$out" -- ${linked[@]+"${linked[@]}"}
fi
for file in "$out"/kyoten-"$version"-*.whl; do
    [ ! -f "$file" ] || "$python" scripts/release/wheel.py "$file" --papers "$papers" >/dev/null
done
if [ "$system" = linux ]; then
    # Which Linux is new enough: what the program and the wheel ask of the C library.
    say "the program needs $("$python" scripts/release/glibc.py "$binary")"
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
