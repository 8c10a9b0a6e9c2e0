"""``assess``: parcels of a DataFrame, judged partition by partition against one study."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from itertools import chain

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    CharType,
    DataType,
    DoubleType,
    IntegralType,
    LongType,
    StringType,
    StructField,
    StructType,
    VarcharType,
)

from .._notices import Notice
from .._study import Batches, Study
from ._study import AnyStudy, StudyFile, given, sent, shared as shared_file
from ._worker import Driver

Assessing = Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]

# How Spark calls what kyoten's columns hold.
_TYPES: dict[str, DataType] = {
    "string": StringType(),
    "double": DoubleType(),
    "int64": LongType(),
    "bool": BooleanType(),
}
_TITLE = b"title_ja"


def assess(
    df: DataFrame,
    study: AnyStudy,
    geometry: str = "geometry",
    id: str | None = None,
    crs: str | None = None,
    *,
    notices: str | None = "kyoten_notices",
    shared: bool = False,
) -> DataFrame:
    """Measures and judges the parcels of a DataFrame: its own columns, and kyoten's beside them.

    ``geometry`` names the column with well-known binary (``BinaryType``), ``crs`` says its CRS (``"EPSG:6668"``), ``id`` the column of
    texts or whole numbers that becomes ``kyoten_id``; a row without an id has none, for no row of a DataFrame has a number. A row whose
    geometry is missing or no polygon stays, undetermined and with empty measures. ``notices`` names a column with the ids of what was
    wrong with each parcel (docs/messages.md), null where nothing was; ``None`` leaves it out. What is to be said of the whole is a
    warning, here and now.

    ``study`` is a :class:`kyoten.Study` or the path of one that was saved. Spark sends its file to the nodes; with ``shared=True`` they read
    it at its path. A worker's process loads it once, and refuses another file than the driver has.

    DataFrame の筆を判定します。元の列はそのまま残り、kyoten の列が加わります。``notices`` は、筆ごとの問題のIDの列です。

    Raises :class:`kyoten.KyotenError` where a column or a CRS is missing or not known; ``TypeError`` where a column is of another type.
    """
    known = given(study)
    if notices in known.column_names:
        raise ValueError(f"{notices!r} is a column of kyoten's own: call that of the notices otherwise")
    _check_columns(df, geometry, id)
    schema = _schema(df, known, notices)
    for notice in _tried(df, known, geometry, id, crs):
        warnings.warn(str(notice), stacklevel=2)
    file = shared_file(known) if shared else sent(df.sparkSession, known)
    return df.mapInArrow(_assessing(file, geometry, id, crs, notices), schema)


def _assessing(
    file: StudyFile, geometry: str, id: str | None, crs: str | None, notices: str | None
) -> Assessing:
    """What a task does with the batches of its partition, of which there may be none."""
    driver = Driver.here()

    def assessing(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        first = next(batches, None)
        if first is None:
            return
        driver.begin()
        reader = pyarrow.RecordBatchReader.from_batches(first.schema, chain([first], batches))
        found = file.load()._native.assess(reader, geometry, crs, id, notices, False)
        for table in found:
            yield from pyarrow.RecordBatchReader.from_stream(table)

    return assessing


def _check_columns(df: DataFrame, geometry: str, id: str | None) -> None:
    """What Spark knows of the columns before anything is read."""
    types = {field.name: field.dataType for field in df.schema}
    if geometry in types and not isinstance(types[geometry], BinaryType):
        raise TypeError(
            f"column {geometry!r} is {types[geometry].simpleString()}, and well-known binary is asked for: ST_AsBinary makes it"
        )
    if id in types and not isinstance(types[id], (StringType, CharType, VarcharType, IntegralType)):
        raise TypeError(f"column {id!r} is {types[id].simpleString()}: cast it to a string")


def _schema(df: DataFrame, study: Study, notices: str | None) -> StructType:
    """The columns of the answer: as :meth:`Study.assess` has them."""
    columns = pyarrow.schema(study.schema)
    added = [_field(column) for column in columns]
    if notices is not None:
        added.append(StructField(notices, ArrayType(StringType()), True))
    names = {field.name for field in added}
    kept = [field for field in df.schema if field.name not in names]
    lower = {name.lower() for name in names}
    alike = [field.name for field in kept if field.name.lower() in lower]
    if alike:
        # To Spark they would be one name, and so ambiguous.
        raise ValueError(f"{alike} differ from columns of kyoten's by capitals alone: rename them")
    return StructType([*kept, *added])


def _field(column: pyarrow.Field) -> StructField:
    title = (column.metadata or {}).get(_TITLE)
    return StructField(
        column.name, _TYPES[str(column.type)], True, {"comment": title.decode()} if title is not None else None
    )


def _tried(df: DataFrame, study: Study, geometry: str, id: str | None, crs: str | None) -> list[Notice]:
    """Tries the columns on the driver with one parcel that has none of them; returns what is to be said of the whole."""
    nothing = {
        name: pyarrow.nulls(1, pyarrow.binary() if name == geometry else pyarrow.string()) for name in df.columns
    }
    batches = Batches(study._native.assess(pyarrow.table(nothing), geometry, crs, id, None, False))
    batches.read()
    # That the one parcel has no geometry is no news.
    return [notice for notice in batches.notices if notice.id != "no-geometry"]
