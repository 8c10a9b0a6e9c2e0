"""The group of algorithms in the toolbox of QGIS."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from . import settings
from .algorithms import ALGORITHMS
from .icon import ICON_FILE, icon
from .program.locate import find
from .strings import tr


class KyotenProvider(QgsProcessingProvider):
    """All commands of the program that work with maps, and one that installs it."""

    def load(self) -> bool:
        """Adds settings and algorithms."""
        settings.add()
        self.refreshAlgorithms()
        return True

    def unload(self) -> None:
        """Takes the settings away."""
        settings.remove()

    def loadAlgorithms(self) -> None:  # noqa: N802
        """Makes one of each algorithm."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())

    def id(self) -> str:
        """What algorithms are called by: `kyoten:run`."""
        return "kyoten"

    def name(self) -> str:
        """The name in the toolbox."""
        return tr("kyoten hub zones")

    def longName(self) -> str:  # noqa: N802
        """The name where there is room."""
        return tr("kyoten: hub zones for parcels (MLIT)")

    def icon(self) -> QIcon:
        """The plugin's picture."""
        return icon()

    def svgIconPath(self) -> str:  # noqa: N802
        """The same as a file."""
        return str(ICON_FILE)

    def warningMessage(self) -> str:  # noqa: N802
        """What stands at the provider in the toolbox as long as there is no program."""
        return "" if find() else tr("The program kyoten is not there yet: run “Install the program”.")
