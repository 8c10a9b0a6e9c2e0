#!/usr/bin/env bash
# Tries what scripts/release.sh has made where nothing is installed: a Debian in a folder of its own, without a compiler, without Rust and,
# once it is there, without a network.
#
#   bash scripts/test-release.sh [FOLDER]     the release in FOLDER, target/dist unless said
#
# The zip is unpacked and its demo started as by a double click; the map must be there. The wheel is installed into an
# environment of Python's own, and the Python of README.md and of a notebook is run on the sample. KYOTEN_SUITE names another suite of
# Debian or Ubuntu than bookworm, whose C library must be as new as the program asks, and KYOTEN_COMPONENTS other components of it than
# main. Where such a system cannot be made (not root, no mmdebstrap, no network), and where there is no zip or no wheel for this machine,
# that is said and not tested; with KYOTEN_BARE=required it fails.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'test-release: %s\n' "$*"; }
fail() {
    say "FAILED: $*" >&2
    exit 1
}
# Says what is not tested.
untested() {
    [ "${KYOTEN_BARE:-}" != required ] || fail "not tested, and KYOTEN_BARE=required: $*"
    say "skipped: $*"
}
skip() {
    untested "$@"
    exit 0
}

dist=$(cd "${1:-target/dist}" 2>/dev/null && pwd) || skip "there is no release in ${1:-target/dist}: bash scripts/release.sh"
shopt -s nullglob
zips=("$dist"/kyoten-*-"$(uname -m)"-linux.zip) wheels=("$dist"/kyoten-*-abi3-*"$(uname -m)".whl)
[ ${#zips[@]} -le 1 ] && [ ${#wheels[@]} -le 1 ] || fail "there are several releases in $dist"
[ ${#zips[@]} -gt 0 ] || [ ${#wheels[@]} -gt 0 ] || skip "in $dist there is nothing for $(uname -m) and Linux"

[ "$(id -u)" = 0 ] || skip 'run as root: a folder becomes a system by chroot'
if ! command -v mmdebstrap >/dev/null; then
    command -v apt-get >/dev/null || skip 'mmdebstrap is not installed'
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends mmdebstrap; } >/dev/null 2>&1 ||
        skip 'mmdebstrap cannot be installed'
fi

place=$(mktemp -d)
root=$place/root
trap 'rm -rf "$place"' EXIT
suite=${KYOTEN_SUITE:-bookworm}
say "making a Debian $suite"
mmdebstrap --quiet --variant=minbase --components="${KYOTEN_COMPONENTS:-main}" --include=unzip,python3-venv "$suite" "$root" >"$place/log" 2>&1 || {
    tail -n 5 "$place/log" >&2
    skip 'no Debian can be made here'
}

# Within the new system, with an environment as after a first login, and without a network where the kernel lets it be taken away.
alone=()
unshare --net true 2>/dev/null && alone=(unshare --net)
within() { "${alone[@]}" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
in_root() { within chroot "$root" "$@"; }

for tool in cc c++ gcc clang rustc cargo cmake sqlite3; do
    ! in_root sh -c "command -v $tool" >/dev/null || fail "the system is not bare: it has $tool"
done

# A moment in seconds, and the time from one.
now() { date +%s.%N; }
since() { awk -v begun="$1" -v ended="$(now)" 'BEGIN { printf "%.1f s", ended - begun }'; }

try_zip() {
    local zip=$1 name begun
    name=$(basename "$zip" .zip)
    cp "$zip" "$root/root/"
    begun=$(now)
    in_root sh -c "cd /root && unzip -q '$name.zip' && sh '$name/demo-デモを見る.sh'" </dev/null >"$place/said" 2>&1 || {
        cat "$place/said" >&2
        fail 'the demo did not end well'
    }
    local took demo
    took=$(since "$begun")
    demo=$root/root/$name/demo
    grep -q '<html' "$demo/map.html" || fail 'there is no map'
    grep -q '"central": *"eligible"' "$demo/parcels.geojson" || fail 'no parcel is in a central zone'
    ! in_root ldd "/root/$name/kyoten" | grep -E 'libstdc|not found' || fail 'the program asks for more than the C library'
    for file in LICENSE-MIT LICENSE-APACHE THIRD-PARTY.md THIRD-PARTY-CRATES.txt README.ja.md docs/ja/hajimeni.md; do
        [ -s "$root/root/$name/$file" ] || fail "the zip has no $file"
    done
    # The same with the city's own commands, in Japanese, as the pages say.
    in_root "/root/$name/kyoten" check "/root/$name/demo/city" --lang ja >"$place/said" 2>&1 || [ $? = 1 ] || fail 'check failed'
    say "the zip: unpacked, and the map of its demo written, in $took"
}

# The wheels of what the README's Python needs, fetched by whoever has a network: the new system has none.
wheelhouse() {
    local python=$1 abi=$2
    python3 -m pip --disable-pip-version-check --quiet download --dest "$place/wheels" --only-binary=:all: \
        --implementation cp --python-version "$python" --abi "$abi" --abi abi3 --abi none \
        --platform "manylinux_2_28_$(uname -m)" --platform "manylinux_2_17_$(uname -m)" --platform "manylinux2014_$(uname -m)" \
        'geopandas>=1.0' 'pyarrow>=15' 'matplotlib>=3.9' >"$place/log" 2>&1
}

try_wheel() {
    local wheel=$1 version begun
    version=$(in_root python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    python3 -m pip --version >/dev/null 2>&1 || {
        untested 'the wheel, for there is no pip here to fetch GeoPandas with'
        return
    }
    wheelhouse "$version" "cp${version/./}" || {
        tail -n 3 "$place/log" >&2
        untested 'the wheel, for no packages can be had here'
        return
    }
    mkdir -p "$root/wheels" "$root/root/kyoten/data"
    cp "$place"/wheels/* "$wheel" "$root/wheels/"
    cp -r data/sample "$root/root/kyoten/data/"
    python3 scripts/release/readme_python.py >"$root/root/kyoten/lines.py"
    begun=$(now)
    in_root python3 -m venv /root/venv
    in_root /root/venv/bin/pip install --quiet --disable-pip-version-check --no-index --find-links /wheels 'kyoten[geopandas]' matplotlib ||
        fail 'the wheel cannot be installed'
    say "the wheel: installed with GeoPandas in $(since "$begun")"
    in_root /root/venv/bin/kyoten --version
    in_root sh -c 'test -s /root/venv/lib/python3*/site-packages/kyoten-*.dist-info/licenses/THIRD-PARTY-CRATES.txt' ||
        fail 'the wheel has no licences of what it contains'
    begun=$(now)
    in_root env MPLBACKEND=Agg sh -c 'cd /root/kyoten && /root/venv/bin/python lines.py' || fail "the README's Python does not run"
    say "the wheel: the README's Python and a notebook's ran in $(since "$begun")"
}

if [ ${#zips[@]} -gt 0 ]; then try_zip "${zips[0]}"; else untested 'the zip, for there is none'; fi
if [ ${#wheels[@]} -gt 0 ]; then try_wheel "${wheels[0]}"; else untested 'the wheel, for there is none'; fi
say 'done'
