"""The picture of the plugin."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QIcon

#: Also named in `metadata.txt`.
ICON_FILE = Path(__file__).parent / "icon.svg"


def icon() -> QIcon:
    """The picture of the plugin, its provider and its algorithms."""
    return QIcon(str(ICON_FILE))
