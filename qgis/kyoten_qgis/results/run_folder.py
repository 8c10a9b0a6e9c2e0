"""How does a run come into the project? A group of its own, and in it what the program's own project has: its groups and layers.

What is shown, in which order and how, is said there alone.
"""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsProject

from .tree import add_group, add_layer, opened

_RECORD = "run.json"
#: The project that the program writes beside files that QGIS shows.
_PROJECT = "kyoten.qgz"


def add_run(project: QgsProject, folder: Path) -> None:
    """Adds the results in a folder to a project, above what is there."""
    record = json.loads((folder / _RECORD).read_text("utf-8"))
    group = project.layerTreeRoot().insertGroup(0, f"{record['project']['name']} ({folder.name})")
    made = QgsProject()
    if (folder / _PROJECT).is_file() and made.read(str(folder / _PROJECT)):
        _add_all(project, group, made.layerTreeRoot())
    else:
        # A run of tables alone has none; what is told beside the parcels can be shown nevertheless.
        for name in record["files"]:
            layer = opened(folder / name, Path(name).stem) if name.endswith(".geojson") else None
            if layer is not None:
                add_layer(project, group, layer)
    group.setExpanded(True)


def _add_all(project: QgsProject, group: QgsLayerTreeGroup, made: QgsLayerTreeGroup) -> None:
    """Adds what is in a group of the program's project."""
    for node in made.children():
        is_shown = node.itemVisibilityChecked()
        if isinstance(node, QgsLayerTreeGroup):
            _add_all(project, add_group(group, node.name(), is_shown=is_shown), node)
        elif node.layer() is not None and node.layer().isValid():
            add_layer(project, group, node.layer().clone(), is_shown=is_shown)
