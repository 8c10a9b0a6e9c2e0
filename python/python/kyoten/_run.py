"""A whole run: every parcel of a project, measured and judged."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from . import _kyoten
from ._map import Map
from ._notices import Notice, notices_of
from ._project import Layer, Project, given
from ._table import Table
from ._watch import Progress, told

_MAP = "map.html"


class Run:
    """What a run found: 判定の結果。Tables come without a copy; nothing was written unless ``out`` was given."""

    def __init__(self, native: _kyoten.Run) -> None:
        self._native = native

    @cached_property
    def parcels(self) -> Table:
        """Every parcel of the input in its order: its own properties, then kyoten's columns (docs of the command ``run``)."""
        return Table(self._native.parcels)

    @cached_property
    def products(self) -> dict[str, Table]:
        """What is told beside the parcels, by name."""
        return {name: Table(table) for name, table in self._native.products}

    @property
    def zones(self) -> Table | None:
        """The candidate zones 候補区域; ``None`` where there is nothing to tell."""
        return self.products.get("zones")

    @property
    def places(self) -> Table | None:
        """Where each criterion and each zone holds; ``None`` where there is nothing to tell."""
        return self.products.get("places")

    @property
    def stops(self) -> Table | None:
        """The stations and stops 駅・停留所 with their service; ``None`` where there are none."""
        return self.products.get("stops")

    @property
    def facilities(self) -> Table | None:
        """The facilities with their nearest of the same kind; ``None`` without that layer."""
        return self.products.get("facilities")

    @cached_property
    def report(self) -> dict[str, Any]:
        """What ``run.json`` says: counts, inputs with their SHA-256, thresholds, notices."""
        record: dict[str, Any] = json.loads(self._native.record)
        return record

    @cached_property
    def times(self) -> dict[str, Any]:
        """What ``times.json`` says: seconds by stage."""
        times: dict[str, Any] = json.loads(self._native.times)
        return times

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """By zone and status, how many parcels."""
        counts = self.report["counts"]
        return {zone: {status: one["parcels"] for status, one in found.items()} for zone, found in counts.items()}

    @cached_property
    def notices(self) -> list[Notice]:
        """What was noticed of the data."""
        return notices_of(self.report["notices"])

    @property
    def files(self) -> list[Path]:
        """The files that were written; none without ``out``."""
        return [Path(file) for file in self._native.files]

    def map(self, *, height: int = 640) -> Map:
        """The map, for a notebook: 結果の地図。

        Raises ``ValueError`` where it was not drawn (``map=False``), or lies in several files that only ``kyoten serve`` can show
        together: one of more than 15 MB with ``out`` and without ``one_file=True``.
        """
        page = self._native.map
        if page is not None:
            return Map(page, height)
        files = {file.name: file for file in self.files}
        if _MAP not in files:
            raise ValueError("this run drew no map: run again without map=False")
        if any(name.startswith("map.") and name != _MAP for name in files):
            folder = files[_MAP].parent
            see = f"see it with `kyoten serve {folder}`, or run again with one_file=True"
            raise ValueError(f"the map lies in several files: {see}")
        return Map(files[_MAP].read_text(encoding="utf-8"), height)

    def __repr__(self) -> str:
        return f"<kyoten.Run: {self.report['project']['name']}, {len(self.parcels)} parcels>"


def run(
    project: Project,
    *,
    out: str | os.PathLike[str] | None = None,
    parcels: Layer | None = None,
    layers: Mapping[str, Layer | None] | None = None,
    rules: str | os.PathLike[str] | None = None,
    thresholds: Mapping[str, float] | None = None,
    scenario: Mapping[str, Any] | None = None,
    map: bool = True,
    one_file: bool = False,
    progress: Callable[[Progress], object] | bool | None = None,
) -> Run:
    """Measures every parcel of a project and says which zones it can lie in.

    ``project`` is a ``kyoten.toml``, its folder, a folder of downloads, or a dict that says what a ``kyoten.toml`` says. ``parcels``
    and ``layers`` stand in the place of the project's: paths, GeoDataFrames, or anything with ``__arrow_c_stream__``; so do
    ``rules``, ``thresholds`` and ``scenario`` (a what-if). With ``out`` the run folder is written as by ``kyoten run``, whole or
    not at all; without, nothing is. ``one_file`` puts all of the map into ``map.html``, also where that is larger than 15 MB.
    ``progress`` is called with a :class:`Progress`; ``True`` shows a bar of tqdm.

    すべての筆を判定します。``project`` は ``kyoten.toml`` かそのフォルダー、または同じ内容の辞書。``parcels`` と ``layers`` には
    GeoDataFrame も渡せます。``out`` を指定しなければ、ファイルは何も書きません。

    Raises :class:`KyotenError` where the input cannot be used.
    """
    project_given = given(
        project, parcels=parcels, layers=layers, rules=rules, thresholds=thresholds, scenario=scenario
    )
    return Run(_kyoten.run(project_given, out=out, map=map, one_file=one_file, progress=told(progress)))
