#!/usr/bin/env bash
# Tries a release on this machine, as its reader does: the zip is unpacked, its demo started by the file that is double-clicked; the wheel is
# installed into an environment of its own and the README's Python run. On Windows in the bash of Git.
#
#   bash scripts/release/try.sh [FOLDER]     the release in FOLDER, target/dist unless said
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
    printf 'try: FAILED: %s\n' "$*" >&2
    exit 1
}

dist=$(cd "${1:-target/dist}" && pwd)
python=${PYTHON:-python3}
command -v "$python" >/dev/null || python=python
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
shopt -s nullglob
zips=("$dist"/kyoten-*.zip) wheels=("$dist"/kyoten-*.whl)
[ ${#zips[@]} = 1 ] || fail "there is not one zip of the program in $dist"

# A name that a path on a planner's machine may have: blanks, Japanese, an ampersand.
folder="$place/計画 課 & 都市"
mkdir "$folder"
"$python" - "${zips[0]}" "$folder" <<'PYTHON'
import os, sys, zipfile
# As what unpacks on each system does: with the permissions that the zip tells.
with zipfile.ZipFile(sys.argv[1]) as archive:
    for member in archive.infolist():
        os.chmod(archive.extract(member, sys.argv[2]), member.external_attr >> 16)
PYTHON
cd "$folder"/kyoten-*
case $(uname) in
    MINGW* | MSYS*) MSYS2_ARG_CONV_EXCL='*' cmd /c demo-デモを見る.cmd </dev/null ;;
    *) for starter in demo-*; do "./$starter" </dev/null; done ;;
esac
grep -q '<html' demo/map.html || fail 'there is no map'
printf 'try: the zip: the map of its demo was written\n'
cd - >/dev/null

[ ${#wheels[@]} = 1 ] || {
    printf 'try: skipped: the wheel, for there is none\n'
    exit 0
}
"$python" -m venv "$place/venv"
for inside in "$place/venv/bin/python" "$place/venv/Scripts/python.exe"; do [ ! -x "$inside" ] || python=$inside; done
"$python" -m pip install --quiet --disable-pip-version-check "${wheels[0]}[geopandas]" 'matplotlib>=3.9'
"$python" scripts/release/readme_python.py >"$place/lines.py"
mkdir -p "$place/here/data"
cp -R data/sample "$place/here/data/"
(cd "$place/here" && MPLBACKEND=Agg PYTHONUTF8=1 "$python" "$place/lines.py")
printf "try: the wheel: the README's Python ran\n"
