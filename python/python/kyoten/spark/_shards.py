"""``run_shards``: whole municipalities, one a task, as ``kyoten batch`` runs them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import ArrayType, LongType, StringType, StructField, StructType

from .. import _kyoten
from ._worker import Driver

How = tuple[list[str], list[str], bool, bool]
Running = Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]

_ERROR = StructType(
    [StructField(name, StringType()) for name in ("id", "place", "message", "message_ja", "help", "help_ja")]
)
_SHARD = StructType(
    [
        StructField("project", StringType()),
        StructField("municipality", StringType()),
        StructField("folder", StringType()),
        StructField("state", StringType()),
        StructField("parcels", LongType()),
        StructField("made_of", StringType()),
        StructField("errors", ArrayType(_ERROR)),
    ]
)
_RECORD = StructType([StructField("index", LongType()), StructField("record", StringType())])


def run_shards(
    spark: SparkSession,
    shards: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    formats: Sequence[str] = ("parquet",),
    columns: Sequence[str] = (),
    drop_own: bool = False,
    map: bool = False,
) -> DataFrame:
    """Runs every project of a list (``SHARDS.toml`` of ``kyoten batch``), one a task, and returns what became of each.

    The list, the files that it names, and ``out`` are at the same paths on all nodes. A run goes into ``out/pref=22/muni=22212``, whole or
    not at all, and ``out/batch.json`` says what became of each, as after ``kyoten batch``: what stands there, and was made of the same, is
    not made again, however the batch before was broken off and by whom. A project that cannot be run says why, one whose processes are
    lost each time is given up (``shard-lost``), and the others go on.

    ``formats``, ``columns``, ``drop_own`` and ``map`` say what is written, as ``--format``, ``--columns``, ``--drop-own`` and ``--no-map`` do.

    一覧の市区町村を、1つずつ別のタスクで実行し、それぞれの結果（成否・筆数・理由）を返します。結果のフォルダーと ``batch.json`` は
    ``kyoten batch`` と同じで、途中で終わっても続きから再開できます。

    Raises :class:`kyoten.KyotenError` where the list cannot be used; then nothing is begun.
    """
    if _conf(spark, "spark.speculation", "false").lower() == "true":
        raise ValueError("spark.speculation runs a municipality twice into one folder: switch it off")
    out = os.path.abspath(out)
    _kyoten.check_formats(list(formats))
    listed = [(one["project"], one["municipality"]) for one in json.loads(_kyoten.shards(os.path.abspath(shards)))]
    how = (list(formats), list(columns), drop_own, map)
    running = _running(listed, out, how, _attempts(spark))
    tasks = spark.range(0, len(listed), 1, len(listed))
    rows = sorted(tasks.mapInArrow(running, _RECORD).collect(), key=lambda row: int(row["index"]))
    records = [str(row["record"]) for row in rows]
    _kyoten.gather_shards(out, records)
    return spark.createDataFrame([_row(json.loads(record)) for record in records], _SHARD)


def _running(listed: list[tuple[str, str | None]], out: str, how: How, attempts: int) -> Running:
    """What a task does with its number."""
    driver = Driver.here()

    def running(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for index in (index for batch in batches for index in batch.column(0).to_pylist()):
            driver.begin()
            project, municipality = listed[index]
            context = TaskContext.get()
            attempt = 0 if context is None else context.attemptNumber()
            # One that takes its process down each time must not take the job down as well.
            if attempts > 1 and attempt >= attempts - 1:
                record = _kyoten.lost_shard(project, municipality, attempt)
            else:
                record = _kyoten.run_shard(project, municipality, out, how)
            yield pyarrow.record_batch({"index": [index], "record": [record]})

    return running


def _row(record: dict[str, Any]) -> tuple[Any, ...]:
    errors = [tuple(error.get(name) for name in _ERROR.names) for error in record.get("errors", [])]
    return (*(record[name] for name in _SHARD.names[:-1]), errors)


def _conf(spark: SparkSession, key: str, default: str) -> str:
    return str(spark.conf.get(key, default))


def _attempts(spark: SparkSession) -> int:
    """So often a task is tried; on Spark's own machine only as its master says."""
    local = re.fullmatch(r"local(?:\[[^,\]]*(?:,\s*(\d+))?\])?", _conf(spark, "spark.master", ""))
    if local is not None:
        return int(local[1] or 1)
    return int(_conf(spark, "spark.task.maxFailures", "4"))
