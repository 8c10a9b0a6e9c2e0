"""Can the program read a layer where it lies, or does it need a copy?

It reads files of its formats as they are, and knows better than QGIS how Japanese ones mean it (text encodings, systems
of coordinates of older publications). What only QGIS knows must be copied: features in memory, selections, filters,
unsaved edits, joins and virtual fields, other sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsFields, QgsProviderRegistry, QgsVectorLayer

from ..strings import tr

#: Endings of files that the program reads as they are (docs/formats.md).
READABLE = {
    ".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".shp", ".fgb", ".parquet", ".geoparquet",
    ".arrow", ".arrows", ".feather", ".gpkg", ".csv", ".tsv", ".xlsx", ".xlsm", ".ods",
}  # fmt: skip
_IN_ZIP = "/vsizip/"


@dataclass(frozen=True)
class File:
    """A file, and what of it is meant."""

    path: str
    #: The layer within it, where it holds several.
    layer: str = ""
    #: The system of coordinates, where QGIS was told another one than the file says.
    crs: str = ""


@dataclass(frozen=True)
class Copy:
    """A layer that has to be copied, and why, in the reader's language."""

    why: str


def source_of(layer: QgsVectorLayer, only_selected: bool, forbidden: Path | None = None) -> File | Copy:
    """Where the program finds the features of a layer.

    Files within the folder `forbidden` are not read in place, since a run is about to replace them.
    """
    why = _known_to_qgis_alone(layer, only_selected)
    if why:
        return Copy(why)
    file = _file(layer)
    if file is None:
        return Copy(tr("the program does not read its source"))
    path = Path(file.path)
    if path.suffix.lower() == ".gpkg" and _has_content(path.with_name(path.name + "-wal")):
        return Copy(tr("changes still wait beside its file"))
    if forbidden is not None and forbidden in path.resolve().parents:
        return Copy(tr("it lies in the folder that is written"))
    return file


def _known_to_qgis_alone(layer: QgsVectorLayer, only_selected: bool) -> str:
    if layer.providerType() == "memory":
        return tr("it is in memory only")
    if only_selected:
        return tr("only selected features are meant")
    if layer.subsetString():
        return tr("it has a filter")
    if layer.isModified():
        return tr("it has edits that are not saved")
    own = (QgsFields.OriginProvider, QgsFields.OriginEdit)
    fields = layer.fields()
    if any(fields.fieldOrigin(index) not in own for index in range(fields.count())):
        return tr("it has joined or virtual fields")
    return ""


def _file(layer: QgsVectorLayer) -> File | None:
    """The file of a layer, where the program reads such files."""
    if layer.providerType() != "ogr":
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    prefix, suffix = parts.get("vsiPrefix", ""), parts.get("vsiSuffix", "")
    path = str(parts.get("path", ""))
    if prefix == _IN_ZIP and suffix:
        path += suffix
    elif prefix:
        return None
    crs = _other_crs(layer)
    if parts.get("openOptions") or Path(path).suffix.lower() not in READABLE or crs is None:
        return None
    is_there = Path(str(parts["path"])).is_file()
    return File(path, str(parts.get("layerName") or ""), crs) if is_there else None


def _other_crs(layer: QgsVectorLayer) -> str | None:
    """The system that QGIS was told, empty where it is that of the file; `None` where it has no code."""
    crs = layer.crs()
    if not crs.isValid() or crs == layer.dataProvider().crs():
        return ""
    return crs.authid() if crs.authid().startswith("EPSG:") else None


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
