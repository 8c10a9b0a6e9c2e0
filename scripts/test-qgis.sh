#!/bin/sh
# Tests the plugin for QGIS with a QGIS without a window, and with qgis_process.
#
#   sh scripts/test-qgis.sh             everything
#   sh scripts/test-qgis.sh test_run    one file of qgis/tests
#
# The program is the file that KYOTEN names, else target/release/kyoten, which must have been built. Where QGIS is not
# there and cannot be installed (other systems than Debian and Ubuntu, no rights), that is said and nothing is tested.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'test-qgis: %s\n' "$*"; }
skip() {
    say "skipped: $*"
    exit 0
}
has() { command -v "$1" >/dev/null 2>&1; }

# The Python that QGIS was built for: not one that somebody put before it.
python=${QGIS_PYTHON:-/usr/bin/python3}
is_there() { has qgis_process && has lrelease && has ps && "$python" -c 'import qgis.core, processing' >/dev/null 2>&1; }

PYTHONPATH=${QGIS_PLUGINS:-/usr/share/qgis/python/plugins}
export PYTHONPATH QT_QPA_PLATFORM=offscreen
if ! is_there; then
    has apt-get || skip 'QGIS is not installed (3.22 or newer, with its Python and Qt linguist)'
    [ "$(id -u)" -eq 0 ] || skip 'run as root: apt-get install -y --no-install-recommends qgis python3-qgis qgis-providers qttools5-dev-tools'
    say 'installing QGIS'
    apt-get update -q >/dev/null 2>&1 || say 'apt-get update failed; trying with the package lists that are there'
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        qgis python3-qgis qgis-providers qttools5-dev-tools procps >/dev/null 2>&1 || skip 'QGIS cannot be installed'
    is_there || skip 'QGIS was installed and does not start'
fi

KYOTEN=${KYOTEN:-$PWD/target/release/kyoten}
export KYOTEN
[ -x "$KYOTEN" ] || {
    say "no program at $KYOTEN: run cargo build --release first" >&2
    exit 1
}

"$python" qgis/texts.py

# The API of newer versions, where a Python with descriptions of it is named:
#   python3 -m venv stubs && stubs/bin/pip install mypy qgis-stubs && QGIS_STUBS=stubs/bin/python sh scripts/test-qgis.sh
# What returns nothing only in theory is left aside, and so is an exception that the descriptions forget.
if [ -n "${QGIS_STUBS:-}" ]; then
    unset PYTHONPATH
    found=$("$QGIS_STUBS" -m mypy --cache-dir=/dev/null --no-strict-optional --disable-error-code override --check-untyped-defs \
        --ignore-missing-imports qgis/kyoten_qgis 2>&1) || true
    case $found in
    *' source files'*) ;;
    *)
        printf '%s\n' "$found" >&2
        exit 1
        ;;
    esac
    unknown=$(printf '%s\n' "$found" | grep ': error: ' | grep -v '"QgsProcessingException"') || true
    [ -z "$unknown" ] || {
        printf '%s\n' "$unknown" >&2
        exit 1
    }
    say "$("$QGIS_STUBS" -m pip list 2>/dev/null | grep qgis-stubs): the newer API has all that is used"
else
    say 'skipped: the API of newer versions (name a Python with mypy and qgis-stubs by QGIS_STUBS)'
fi
# The variable was for the check above; qgis_process finds its plugins by itself.
unset PYTHONPATH
say "QGIS $("$python" -c 'from qgis.core import Qgis; print(Qgis.QGIS_VERSION)'), $("$KYOTEN" --version)"
cd qgis/tests
exec "$python" -m unittest "${@:-discover}"
