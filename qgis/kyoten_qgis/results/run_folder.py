"""How does a run come into the project? A group of its own, and in it one group a zone.

In each: the candidate zones, and the parcels in the colours of their status in that zone. What is the same for all
zones stands above (stops, facilities) and below (where criteria hold). Styles are those that the program wrote.
"""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsProject

from ..strings import tr
from .tree import add_group, add_layer, opened
from .zone_styles import ZoneStyle, apply, only_zone, zone_styles

_RECORD = "run.json"
#: The one file of parcels that has a style for each zone in it.
_STYLED = "parcels.gpkg"
_OTHERS = ("parcels.geojson", "parcels.fgb", "parcels.parquet")


def add_run(project: QgsProject, folder: Path) -> None:
    """Adds the results in a folder to a project, above what is there."""
    record = json.loads((folder / _RECORD).read_text("utf-8"))
    group = project.layerTreeRoot().insertGroup(0, f"{record['project']['name']} ({folder.name})")
    _add_file(project, group, folder / "stops.geojson", tr("Stations and stops"))
    _add_file(project, group, folder / "facilities.geojson", tr("Senior facilities"), is_shown=False)
    _add_file(project, group, folder / "set_zones.geojson", tr("Central zones that the plan has set"))
    if (folder / _STYLED).is_file():
        _add_by_zone(project, group, folder)
    else:
        _add_file(project, group, folder / "zones.geojson", tr("Candidate zones"))
        for name in _OTHERS:
            _add_file(project, group, folder / name, tr("Parcels"))
    _add_file(project, group, folder / "places.geojson", tr("Where criteria hold"), is_shown=False)
    group.setExpanded(True)


def _add_by_zone(project: QgsProject, run: QgsLayerTreeGroup, folder: Path) -> None:
    """A group for each zone, the first of which is shown: their parcels are the same ones in other colours."""
    parcels = opened(folder / _STYLED, tr("Parcels"), "parcels")
    if parcels is None:
        return
    for index, style in enumerate(zone_styles(parcels)):
        group = add_group(run, style.title, is_shown=index == 0)
        _add_candidates(project, group, folder / "zones.geojson", style)
        own = parcels.clone()
        apply(style, own)
        add_layer(project, group, own)


def _add_candidates(project: QgsProject, group: QgsLayerTreeGroup, file: Path, style: ZoneStyle) -> None:
    zones = opened(file, tr("Candidate zones"))
    if zones is None:
        return
    only_zone(zones, style.zone)
    # A site is no zone: of it there are no candidates.
    if zones.featureCount():
        add_layer(project, group, zones)


def _add_file(
    project: QgsProject, group: QgsLayerTreeGroup, file: Path, title: str, *, is_shown: bool = True
) -> None:
    layer = opened(file, title)
    if layer is not None:
        add_layer(project, group, layer, is_shown=is_shown)
