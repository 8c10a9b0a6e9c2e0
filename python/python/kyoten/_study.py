"""A study that is prepared once, and asked about any number of parcels."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from . import _kyoten
from ._notices import Notice, notices_of
from ._project import ArrowStream, Project, as_arrow, given
from ._table import Table
from ._watch import Progress, told

if TYPE_CHECKING:
    import geopandas
    import pyarrow


class Batches:
    """Parcels that are assessed as they are asked for, so that memory does not grow with them. They go by once.

    ``pyarrow.RecordBatchReader.from_stream(batches)``, ``for table in batches``, or all at once by :meth:`read`.
    """

    def __init__(self, native: _kyoten.Batches) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __iter__(self) -> Iterator[Table]:
        return (Table(table) for table in self._native)

    def read(self) -> Table:
        """All rows that are left."""
        return Table(self._native.read())

    def to_pyarrow(self) -> pyarrow.Table:
        """All rows that are left, as a table of pyarrow."""
        return self.read().to_pyarrow()

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """All rows that are left, as a GeoDataFrame."""
        import geopandas

        return geopandas.GeoDataFrame.from_arrow(self.to_pyarrow())

    @property
    def notices(self) -> list[Notice]:
        """What was wrong with the parcels that have gone by."""
        return notices_of(self._native.notices)


class Study:
    """Everything that parcels are measured against: 準備した判定の土台。Made by :func:`prepare` or :meth:`load`.

    It can be shared between threads, and pickled once it is saved: what is pickled is the file's path and its SHA-256.
    """

    def __init__(self, native: _kyoten.Study, file: tuple[str, str] | None = None) -> None:
        self._native = native
        self._file = file

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Study:
        """Takes a study back from a file that :meth:`save` or ``kyoten prepare`` wrote."""
        whole = os.path.abspath(path)
        return cls(_kyoten.load(whole), (whole, _sha256(whole)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes it to a file, whole or not at all: ``kyoten run --study`` takes it too."""
        whole = os.path.abspath(path)
        self._native.save(whole)
        self._file = (whole, _sha256(whole))

    def __reduce__(self) -> tuple[Callable[[str, str], Study], tuple[str, str]]:
        if self._file is None:
            raise TypeError("a study is pickled by its file: save it first, where those who unpickle it can read it")
        return _load_same, self._file

    @property
    def schema(self) -> Any:
        """The columns that it adds, by ``__arrow_c_schema__``: ``pyarrow.schema(study.schema)``."""
        return self._native

    @property
    def column_names(self) -> list[str]:
        """The names of the columns that it adds."""
        return self._native.column_names

    @property
    def notices(self) -> list[Notice]:
        """What was noticed of its layers."""
        return notices_of(self._native.notices)

    def assess(
        self,
        table: ArrowStream,
        geometry: str | None = None,
        crs: str | None = None,
        id: str | None = None,
        *,
        notices: str | None = None,
    ) -> Batches:
        """Measures and judges parcels, however many, as they come.

        ``table`` is a GeoDataFrame or anything with ``__arrow_c_stream__``; ``geometry`` names its column of geometries where it is
        not of a type of GeoArrow or called ``geometry``, ``crs`` says its CRS where its type does not, ``id`` the column that
        becomes ``kyoten_id``. The table's own columns come back as they are, kyoten's beside them. ``notices`` names one more, with the
        ids of what was wrong with each parcel (docs/messages.md), null where nothing was.

        何件の筆でも、渡された順に判定します。元の列はそのまま残り、kyoten の列が加わります。``notices`` に列名を指定すると、筆ごとの問題の
        IDの列も加わります。

        Raises ``ValueError`` where that is the name of a column of kyoten's own.
        """
        if notices in self.column_names:
            raise ValueError(f"{notices!r} is a column of kyoten's own: call that of the notices otherwise")
        return Batches(self._native.assess(as_arrow(table), geometry, crs, id, notices))

    def explain(
        self, parcel: str, *, progress: Callable[[Progress], object] | bool | None = None
    ) -> dict[str, Any]:
        """Why a parcel of the project stands as it does, and what would turn it (docs/schemas/explain.schema.json).

        筆がなぜそう判定されたか、何が変われば判定が変わるか。
        """
        explained: dict[str, Any] = json.loads(self._native.explain(parcel, progress=told(progress)))
        return explained

    def sweep(
        self,
        *,
        progress: Callable[[Progress], object] | bool | None = None,
        **threshold: Iterable[float],
    ) -> list[dict[str, Any]]:
        """The counts of the project's parcels under several numbers of one threshold.

        ``study.sweep(station_radius_m=range(300, 1001, 50))`` gives a row for each number, zone and status:
        ``pandas.DataFrame(rows)``.

        基準値を1つ動かし、その数ごとに、区域別・判定別の筆数と面積を数えます。
        """
        if len(threshold) != 1:
            raise TypeError("sweep() takes one threshold, such as station_radius_m=range(300, 1001, 50)")
        [(key, numbers)] = threshold.items()
        swept = json.loads(self._native.sweep(key, [float(number) for number in numbers], progress=told(progress)))
        return [
            {key: step["number"], "zone": zone, "status": status, **counts}
            for step in swept["steps"]
            for zone, found in step["counts"].items()
            for status, counts in found.items()
        ]


def prepare(
    project: Project,
    *,
    progress: Callable[[Progress], object] | bool | None = None,
    **said: Any,
) -> Study:
    """Reads a project's layers and works out all that no parcel is needed for; takes what :func:`run` takes.

    レイヤーの読み込みと区域の計算までを済ませます。
    """
    return Study(_kyoten.prepare(given(project, **said), progress=told(progress)))


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _load_same(path: str, sha256: str) -> Study:
    study = Study.load(path)
    if study._file != (os.path.abspath(path), sha256):
        raise ValueError(f"{path}: it is not the study that was pickled; save and pickle it again")
    return study
