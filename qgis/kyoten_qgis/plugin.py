"""What is there as long as the plugin is loaded: its translation, its provider, and one entry of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QAction

from .icon import icon
from .provider import KyotenProvider
from .strings import install_translator, tr

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class KyotenPlugin:
    """The plugin as QGIS sees it. Without a window (`qgis_process`) there is no `iface`, and only the provider."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._iface = iface
        self._translator = install_translator()
        self._provider: KyotenProvider | None = None
        self._action: QAction | None = None

    def initProcessing(self) -> None:  # noqa: N802
        """Adds the algorithms; all that QGIS asks for where it has no window."""
        self._provider = KyotenProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:  # noqa: N802
        """Adds the algorithms and the entry of the menu."""
        self.initProcessing()
        self._action = QAction(icon(), tr("Install the program…"), self._iface.mainWindow())
        self._action.triggered.connect(_open_install)
        self._iface.addPluginToMenu("kyoten", self._action)

    def unload(self) -> None:
        """Takes away what was added."""
        if self._action is not None:
            self._iface.removePluginMenu("kyoten", self._action)
            self._action = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None


def _open_install() -> None:
    # Processing is a plugin of its own, which may be loaded after this one.
    from qgis import processing

    processing.execAlgorithmDialog("kyoten:install")
