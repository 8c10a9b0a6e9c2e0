"""A project and its layers as Python says them: paths, dicts, GeoDataFrames, anything that speaks Arrow."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Protocol, Union


class ArrowStream(Protocol):
    """Anything with rows, by the Arrow PyCapsule protocol: a GeoDataFrame, a relation of DuckDB, a table of pyarrow, …"""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Layer = Union[str, "os.PathLike[str]", ArrowStream, Mapping[str, Any], "list[str]", "list[os.PathLike[str]]"]
"""A layer: a path, a list of paths, a table in memory, or a dict with ``path`` or ``table`` and the keys of ``kyoten.toml`` (``id``,
``crs``, ``where``, …); ``geometry`` names the column of a table.

レイヤー: パス、表（GeoDataFrame など）、または ``kyoten.toml`` と同じキーを持つ辞書。"""

Project = Union[str, "os.PathLike[str]", Mapping[str, Any]]
"""A ``kyoten.toml``, its folder, a folder of downloads, or a dict that says what a ``kyoten.toml`` says."""

NativeTable = tuple[str, str, Any, "str | None"]
NativeProject = tuple["str | None", dict[str, Any], list[NativeTable]]

_OF_SCENARIO = "scenario"


def given(
    project: Project,
    *,
    parcels: Layer | None = None,
    layers: Mapping[str, Layer | None] | None = None,
    rules: str | os.PathLike[str] | None = None,
    thresholds: Mapping[str, float] | None = None,
    scenario: Mapping[str, Any] | None = None,
) -> NativeProject:
    """What the compiled part is given: the path, what is said otherwise, and the tables."""
    if isinstance(project, (str, os.PathLike)):
        path, settings, base = os.fspath(project), {}, os.getcwd()
    elif isinstance(project, Mapping):
        path, settings, base = None, dict(project), None
    else:
        raise TypeError(f"a project is a path or a dict, not {type(project).__name__}")
    tables: list[NativeTable] = []
    said = dict(layers or {})
    if parcels is not None:
        said["parcels"] = parcels
    own = settings.get("layers")
    if said or isinstance(own, Mapping):
        settings["layers"] = _layers("layers", {**(own or {}), **said}, base, tables)
    if isinstance(settings.get("prospective"), Mapping):
        settings["prospective"] = _layers("prospective", settings["prospective"], base, tables)
    if rules is not None:
        settings["rules"] = _path(rules, base) if os.path.exists(rules) else os.fspath(rules)
    if thresholds:
        settings["thresholds"] = {**settings.get("thresholds", {}), **thresholds}
    if scenario is not None:
        settings[_OF_SCENARIO] = dict(scenario)
    what_if = settings.get(_OF_SCENARIO)
    if isinstance(what_if, Mapping) and isinstance(what_if.get("layers"), Mapping):
        settings[_OF_SCENARIO] = {**what_if, "layers": _layers(_OF_SCENARIO, what_if["layers"], base, tables)}
    return path, settings, tables


def _layers(
    of: str, layers: Mapping[str, Layer | None], base: str | None, tables: list[NativeTable]
) -> dict[str, Any]:
    """The layers with a name in the place of each table, which is put into ``tables``."""
    return {key: _layer(of, key, layer, base, tables) for key, layer in layers.items() if layer is not None}


def _layer(of: str, key: str, layer: Layer, base: str | None, tables: list[NativeTable]) -> Any:
    if is_table(layer):
        layer = {"table": layer}
    if not isinstance(layer, Mapping):
        return _paths(layer, base)
    said = dict(layer)
    table, geometry = said.pop("table", None), said.pop("geometry", None)
    if table is None:
        if "path" in said:
            said["path"] = _paths(said["path"], base)
        return said
    if not is_table(table):
        raise TypeError(f"layer {key!r}: a table has __arrow_c_stream__, and {type(table).__name__} has not")
    tables.append((of, key, as_arrow(table), geometry))
    return {**said, "path": f"<{key}>"} if said else f"<{key}>"


def _paths(paths: Any, base: str | None) -> Any:
    if isinstance(paths, (list, tuple)):
        return [_path(path, base) for path in paths]
    return _path(paths, base)


def _path(path: Any, base: str | None) -> Any:
    """A path that is said beside a project file begins where the process is, and not where the file lies."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"a layer is a path, a table or a dict, not {type(path).__name__}")
    return os.fspath(path) if base is None else os.path.join(base, os.fspath(path))


def is_table(layer: object) -> bool:
    """Whether it has rows that Arrow can hand over."""
    return any(hasattr(layer, name) for name in ("__arrow_c_stream__", "__arrow_c_array__", "to_arrow"))


def as_arrow(table: Any) -> Any:
    """The same, with geometries as Arrow has them: a GeoDataFrame hands over its own without its CRS."""
    if hasattr(table, "to_frame") and hasattr(table, "geom_type"):
        table = table.to_frame("geometry") if not hasattr(table, "columns") else table
    if hasattr(table, "to_arrow") and hasattr(table, "geometry"):
        return table.to_arrow(index=False, geometry_encoding="WKB")
    return table
