"""How do results stand in the tree of layers? In a group of the run, and in that in one group a zone."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer


def add_group(parent: QgsLayerTreeGroup, name: str, *, is_shown: bool = True) -> QgsLayerTreeGroup:
    """A new group at the end of another; one that is not shown is folded too."""
    group = parent.addGroup(name)
    group.setItemVisibilityChecked(is_shown)
    group.setExpanded(is_shown)
    return group


def add_layer(
    project: QgsProject, group: QgsLayerTreeGroup, layer: QgsVectorLayer, *, is_shown: bool = True
) -> None:
    """A layer at the end of a group."""
    project.addMapLayer(layer, False)
    node = group.addLayer(layer)
    node.setItemVisibilityChecked(is_shown)
    node.setExpanded(False)


def opened(file: Path, name: str) -> QgsVectorLayer | None:
    """A layer of a file with the style beside it; `None` where there is no such file or nothing in it."""
    if not file.is_file():
        return None
    found = QgsVectorLayer(str(file), name, "ogr")
    return found if found.isValid() else None
