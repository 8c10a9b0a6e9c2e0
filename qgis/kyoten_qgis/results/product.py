"""How does a single file of the program come into the project? On top, with its style."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

from .tree import opened

_STYLES = Path(__file__).parent.parent / "styles"


def add_product(project: QgsProject, file: Path, title: str, style: str) -> None:
    """Adds a file to a project; a style beside the file goes before the plugin's own."""
    layer = opened(file, title)
    if layer is None:
        return
    if not file.with_suffix(".qml").is_file():
        layer.loadNamedStyle(str(_STYLES / f"{style}.qml"))
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertLayer(0, layer)
