#!/usr/bin/env bash
# Kyoten from other programs: the Python module, built as a wheel, installed into an environment of its own and tested there; and the
# workbook of a run, read by openpyxl and, where there is one, by LibreOffice.
#
# Asked for are Python 3.10 or newer with `venv`, and a registry of packages that can be reached; where either is missing, this says so and
# tests nothing. `KYOTEN_WHEEL=FILE` takes a wheel that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'integrations: %s\n' "$*"; }
skip() {
    say "$*: nothing is tested"
    exit 0
}

python=${PYTHON:-python3}
command -v "$python" >/dev/null || skip 'no Python here'
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip "$("$python" --version) is too old"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$python" -m venv "$place/venv" 2>"$place/log" || skip 'Python cannot make environments here (Debian: python3-venv)'
pip=("$place/venv/bin/python" -m pip --disable-pip-version-check --quiet)
"${pip[@]}" download --no-deps --dest "$place" 'maturin>=1.9,<2' >"$place/log" 2>&1 || skip 'no packages can be had here'

# What was compiled before is used; what is written beside it is the module's alone.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target} CARGO_INCREMENTAL=0
say 'lints of the module'
cargo clippy --release --locked -p kyoten-python --all-targets -- -D warnings
say 'building and installing the wheel, and what the tests need'
"${pip[@]}" install "${KYOTEN_WHEEL:-./python}"
# Everything that the package says of its tests.
"$place/venv/bin/python" - python/pyproject.toml >"$place/needed" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
print("\n".join(re.findall(r'"([^"]+)"', re.search(r"^test = \[(.*?)^\]", text, re.M | re.S).group(1))))
PYTHON
"${pip[@]}" install --requirement "$place/needed"
# Spark runs on Java; where there is none, the tests of Spark say so and are left out.
if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say 'installing Java for Spark'
    { apt-get update && apt-get install --yes --no-install-recommends openjdk-17-jre-headless; } >"$place/log" 2>&1 ||
        say 'no Java can be had: Spark is not tested'
fi
say 'tests'
"$place/venv/bin/python" -m pytest -q -rs python
say 'the workbook as others read it'
"${pip[@]}" install 'openpyxl>=3.1,<4'
"$place/venv/bin/python" tests/integrations/xlsx.py "$place/venv/bin/kyoten"
