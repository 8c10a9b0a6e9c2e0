#!/bin/sh
# Makes the zip of the plugin for QGIS, as its plugin repository takes it: the same bytes each time.
#
#   sh scripts/package-qgis.sh [FOLDER]     writes FOLDER/kyoten_qgis-VERSION.zip, target/ unless said
#
# It needs Python 3.9 or newer and nothing else.
set -eu
cd "$(dirname "$0")/.."
exec python3 qgis/package.py "${1:-target}"
