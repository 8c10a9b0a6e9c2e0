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
is_there() { has qgis_process && has lrelease && "$python" -c 'import qgis.core, processing' >/dev/null 2>&1; }

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
# The variable is for the check above; qgis_process finds its plugins by itself.
unset PYTHONPATH
say "QGIS $("$python" -c 'from qgis.core import Qgis; print(Qgis.QGIS_VERSION)'), $("$KYOTEN" --version)"
cd qgis/tests
exec "$python" -m unittest "${@:-discover}"
