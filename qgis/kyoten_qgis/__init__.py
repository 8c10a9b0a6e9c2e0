"""The plugin that lets QGIS call the program kyoten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin import KyotenPlugin


def classFactory(iface: QgisInterface | None) -> KyotenPlugin:  # noqa: N802 - the name that QGIS asks for
    """What QGIS calls to load the plugin."""
    from .plugin import KyotenPlugin

    return KyotenPlugin(iface)
