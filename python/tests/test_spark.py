"""Spark: what comes of a DataFrame's parcels, and of many municipalities, is what comes of the command line."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pandas
import pyarrow
import pyarrow.parquet
import pytest
from shapely import Point

import kyoten
from conftest import command, read_parcels

pytest.importorskip("pyspark", reason="no PySpark here")


def _why_no_java() -> str | None:
    """Nothing where there is one that starts."""
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if java is None or not os.path.exists(java):
        return "no Java here, which Spark runs on (Debian: openjdk-17-jre-headless)"
    done = subprocess.run([java, "-version"], capture_output=True, check=False)
    return None if done.returncode == 0 else "the Java here does not start"


if (why := _why_no_java()) is not None:
    pytest.skip(why, allow_module_level=True)

from pyspark import TaskContext  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

import kyoten.spark  # noqa: E402
from kyoten.spark import _assess, _shards  # noqa: E402

# Threads of one process; the same, with tasks that are tried three times; processes that have nothing but what travels.
MASTERS = ("local[2]", "local[2,3]", "local-cluster[2,1,1024]")


def session(master: str) -> SparkSession:
    # Workers are of this environment.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    conf = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "OFF",
        "spark.executorEnv.KYOTEN_LANG": "en",
    }
    builder = SparkSession.builder.master(master).appName("kyoten")
    for key, value in conf.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


@pytest.fixture(scope="module", params=MASTERS)
def spark(request: pytest.FixtureRequest) -> Iterator[SparkSession]:
    spark = session(request.param)
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def parcels(sample: Path) -> geopandas.GeoDataFrame:
    """Those of the sample, each with an id of its own, and in their midst three that are no polygons."""
    good = read_parcels(sample)[["oaza", "geometry"]]
    shapes = [None, Point(138.43, 34.9), Point()]
    bad = geopandas.GeoDataFrame({"oaza": ["a", "b", "c"]}, geometry=shapes, crs=good.crs)
    whole = pandas.concat([good[:100], bad, good[100:]], ignore_index=True)
    whole["parcel"] = [f"{number:05}" for number in range(len(whole))]
    return geopandas.GeoDataFrame(whole, crs=good.crs)


@pytest.fixture(scope="module")
def city(sample: Path, parcels: geopandas.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with these parcels."""
    place = tmp_path_factory.mktemp("city") / "city"
    shutil.copytree(sample, place)
    parcels.to_parquet(place / "parcels.parquet")
    file = place / "kyoten.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace('{ path = "parcels.geojson", id = "chiban" }', '{ path = "parcels.parquet", id = "parcel" }')
    file.write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def by_command(city: Path, tmp_path_factory: pytest.TempPathFactory) -> pyarrow.Table:
    """What ``kyoten run`` finds of them."""
    out = tmp_path_factory.mktemp("run") / "out"
    done = command("run", city, "--out", out, "--format", "parquet", "--no-map", "--quiet")
    assert done.returncode == 0, done.stderr
    return pyarrow.parquet.read_table(out / "parcels.parquet")


@pytest.fixture(scope="module")
def study(city: Path) -> kyoten.Study:
    study = kyoten.prepare(city)
    study.save(city.parent / "city.kyoten")
    return study


def frame(spark: SparkSession, parcels: geopandas.GeoDataFrame, times: int = 1) -> DataFrame:
    """The parcels, so many times, as Spark has them."""
    shapes = [None if shape is None else bytearray(shape) for shape in parcels.geometry.to_wkb()]
    rows = list(zip(parcels["parcel"], parcels["oaza"], shapes))
    many = [(f"{id}.{time}" if time else id, oaza, shape) for time in range(times) for id, oaza, shape in rows]
    return spark.createDataFrame(many, "parcel string, oaza string, geometry binary")


def rows(table: pyarrow.Table, names: list[str]) -> list[dict[str, Any]]:
    """These columns, by id."""
    found: list[dict[str, Any]] = table.select(names).sort_by("kyoten_id").to_pylist()
    return found


def test_partitions_give_what_a_run_gives(
    spark: SparkSession,
    parcels: geopandas.GeoDataFrame,
    study: kyoten.Study,
    by_command: pyarrow.Table,
) -> None:
    names = ["oaza", *study.column_names]
    expected = rows(by_command, names)
    assert len(expected) == len(parcels)
    plain = frame(spark, parcels)
    # One, several, and more than there are names of places: most of these are empty.
    for partitions, records in ((1, 1000), (3, 7), (16, 10000)):
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", records)
        found = kyoten.spark.assess(plain.repartition(partitions, "oaza"), study, id="parcel", crs="EPSG:6668")
        assert found.columns == ["parcel", "oaza", "geometry", *study.column_names, "kyoten_notices"]
        table = found.toArrow()
        assert rows(table, names) == expected, (partitions, records)
        shapes = dict(zip(table["parcel"].to_pylist(), table["geometry"].to_pylist()))
        assert list(map(shapes.get, parcels["parcel"])) == parcels.geometry.to_wkb().tolist()


def test_large_batches_are_cut_nowhere(
    spark: SparkSession,
    parcels: geopandas.GeoDataFrame,
    study: kyoten.Study,
    by_command: pyarrow.Table,
) -> None:
    expected = {row["kyoten_id"]: row for row in rows(by_command, study.column_names)}
    for records in (1000, 10000):
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", records)
        many = frame(spark, parcels, times=40).coalesce(1)
        table = kyoten.spark.assess(many, study, id="parcel", crs="EPSG:6668").toArrow()
        assert table.num_rows == 40 * len(parcels)
        for row in table.select(study.column_names).to_pylist():
            assert row == {**expected[row["kyoten_id"].split(".")[0]], "kyoten_id": row["kyoten_id"]}


def test_nothing_comes_of_nothing(spark: SparkSession, parcels: geopandas.GeoDataFrame, study: kyoten.Study) -> None:
    none = frame(spark, parcels).where("false")
    found = kyoten.spark.assess(none, study, id="parcel", crs="EPSG:6668")
    assert found.count() == 0 and "central" in found.columns


def test_a_bad_geometry_keeps_its_place_and_says_why(
    spark: SparkSession, parcels: geopandas.GeoDataFrame, study: kyoten.Study
) -> None:
    found = kyoten.spark.assess(frame(spark, parcels), study, id="parcel", crs="EPSG:6668")
    told = {row["parcel"]: row for row in found.where("kyoten_notices is not null").toArrow().to_pylist()}
    for parcel, why in (("00100", "no-geometry"), ("00101", "not-a-polygon"), ("00102", "no-geometry")):
        row = told[parcel]
        assert row["kyoten_notices"] == [why]
        assert row["central"] == "undetermined" and row["area_m2"] is None
    # Counted, they are the notices of a run.
    counted = found.selectExpr("explode(kyoten_notices) as id").groupBy("id").count().collect()
    whole = study.assess(parcels, id="parcel")
    whole.read()
    kinds = {notice.id: notice.count for notice in whole.notices}
    assert {row["id"]: row["count"] for row in counted} == kinds


def test_a_row_without_an_id_has_none_and_a_number_is_one(
    spark: SparkSession, parcels: geopandas.GeoDataFrame, study: kyoten.Study
) -> None:
    numbered = frame(spark, parcels).selectExpr("cast(nullif(parcel, '00003') as int) as parcel", "geometry")
    found = kyoten.spark.assess(numbered, study, id="parcel", crs="EPSG:6668", notices=None).toArrow()
    assert "kyoten_notices" not in found.column_names
    ids = dict(zip(found["parcel"].to_pylist(), found["kyoten_id"].to_pylist()))
    assert ids[None] is None and ids[12] == "12"
    bare = kyoten.spark.assess(numbered, study, crs="EPSG:6668").toArrow()
    assert bare["kyoten_id"].null_count == len(parcels)


def test_a_study_is_found_at_its_path_and_another_is_refused(
    spark: SparkSession, parcels: geopandas.GeoDataFrame, study: kyoten.Study, city: Path, tmp_path: Path
) -> None:
    plain, how = frame(spark, parcels), {"id": "parcel", "crs": "EPSG:6668", "shared": True}
    shutil.copy(city.parent / "city.kyoten", tmp_path / "shared.kyoten")
    found = kyoten.spark.assess(plain, tmp_path / "shared.kyoten", **how)
    assert found.count() == len(parcels)
    shutil.copy(city.parent / "city.kyoten", tmp_path / "changed.kyoten")
    changed = kyoten.spark.assess(plain, kyoten.Study.load(tmp_path / "changed.kyoten"), **how)
    kyoten.prepare(city, thresholds={"station_radius_m": 700}).save(tmp_path / "changed.kyoten")
    with pytest.raises(Exception, match="not the study that was pickled"):
        changed.count()


def test_a_study_that_is_not_saved_is_sent_and_stays_unsaved(
    spark: SparkSession, parcels: geopandas.GeoDataFrame, city: Path
) -> None:
    fresh = kyoten.prepare(city)
    assert kyoten.spark.assess(frame(spark, parcels), fresh, id="parcel", crs="EPSG:6668").count() == len(parcels)
    with pytest.raises(TypeError, match="save it first"):
        pickle.dumps(fresh)


def test_what_cannot_be_is_said_at_once(
    spark: SparkSession, parcels: geopandas.GeoDataFrame, study: kyoten.Study, city: Path
) -> None:
    plain = frame(spark, parcels)
    with pytest.raises(kyoten.KyotenError, match="parcell"):
        kyoten.spark.assess(plain, study, id="parcell", crs="EPSG:6668")
    with pytest.raises(kyoten.KyotenError, match="shape"):
        kyoten.spark.assess(plain, study, geometry="shape", crs="EPSG:6668")
    with pytest.raises(kyoten.KyotenError, match="crs|CRS"):
        kyoten.spark.assess(plain, study)
    with pytest.raises(TypeError, match="ST_AsBinary"):
        kyoten.spark.assess(plain, study, geometry="oaza", crs="EPSG:6668")
    with pytest.raises(TypeError, match="cast it"):
        kyoten.spark.assess(plain.selectExpr("geometry", "1.5 as number"), study, id="number", crs="EPSG:6668")
    with pytest.raises(ValueError, match="capitals"):
        kyoten.spark.assess(plain.withColumnRenamed("oaza", "Central"), study, crs="EPSG:6668")
    with pytest.raises(ValueError, match="kyoten's own"):
        kyoten.spark.assess(plain, study, crs="EPSG:6668", notices="central")
    with pytest.raises(TypeError, match="save it first"):
        kyoten.spark.assess(plain, kyoten.prepare(city), crs="EPSG:6668", shared=True)
    # Notices of the whole are said on the driver, once.
    with pytest.warns(UserWarning, match="another datum"):
        kyoten.spark.assess(plain, study, id="parcel", crs="EPSG:4301")


def test_a_worker_that_is_killed_in_the_middle_leaves_the_rows_as_they_are(
    spark: SparkSession,
    parcels: geopandas.GeoDataFrame,
    study: kyoten.Study,
    by_command: pyarrow.Table,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    if _shards._attempts(spark) == 1:
        pytest.skip("this master tries a task once")
    make, killed = _assess._assessing, str(tmp_path / "killed")

    def making(*of: Any) -> _assess.Assessing:
        assessing = make(*of)

        def dying(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            for batch in assessing(batches):
                yield batch
                if TaskContext.get().attemptNumber() == 0:
                    open(killed, "w").close()
                    os.kill(os.getpid(), signal.SIGKILL)

        return dying

    monkeypatch.setattr(_assess, "_assessing", making)
    found = kyoten.spark.assess(frame(spark, parcels).repartition(2), study, id="parcel", crs="EPSG:6668")
    assert rows(found.toArrow(), study.column_names) == rows(by_command, study.column_names)
    assert os.path.exists(killed)


CODES = ("22212", "22213", "22214", "22222")


@pytest.fixture
def nation(sample: Path, tmp_path: Path) -> Path:
    """A list of the sample under four codes, the second of which cannot be read."""
    text = (sample / "kyoten.toml").read_text(encoding="utf-8")
    for code in CODES:
        shutil.copytree(sample, tmp_path / "cities" / code)
        (tmp_path / "cities" / code / "kyoten.toml").write_text(text.replace('municipality = "22999"', f'municipality = "{code}"'), encoding="utf-8")
    (tmp_path / "cities" / CODES[1] / "parcels.geojson").write_text('{"type": "FeatureCollection", "features": [')
    (tmp_path / "shards.toml").write_text('projects = ["cities/*/kyoten.toml"]\n', encoding="utf-8")
    return tmp_path / "shards.toml"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a batch but the times, and whatever is hidden."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("times.json", ".lock"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def states(found: DataFrame) -> dict[str, str]:
    return {row["municipality"]: row["state"] for row in found.collect()}


def test_municipalities_come_out_as_of_batch(spark: SparkSession, nation: Path, tmp_path: Path) -> None:
    done = command("batch", nation, "--out", tmp_path / "batch", "--format", "parquet", "--no-map", "--quiet")
    assert done.returncode == 1, done.stderr
    found = kyoten.spark.run_shards(spark, nation, tmp_path / "spark")
    assert states(found) == {code: "failed" if code == CODES[1] else "done" for code in CODES}
    assert files(tmp_path / "spark") == files(tmp_path / "batch")
    told = {row["municipality"]: row for row in found.collect()}
    [error] = told[CODES[1]]["errors"]
    assert error["id"] and error["message_ja"] and told[CODES[0]]["parcels"] > 0

    # Put right, only that one is made; and the command takes over what Spark began.
    stands = tmp_path / "spark" / "pref=22" / f"muni={CODES[0]}" / "run.json"
    before = stands.stat().st_mtime_ns
    good = nation.parent / "cities"
    shutil.copy(good / CODES[0] / "parcels.geojson", good / CODES[1] / "parcels.geojson")
    again = kyoten.spark.run_shards(spark, nation, tmp_path / "spark")
    assert set(states(again).values()) == {"done"}
    done = command("batch", nation, "--out", tmp_path / "spark", "--format", "parquet", "--no-map", "--quiet")
    assert done.returncode == 0, done.stderr
    assert stands.stat().st_mtime_ns == before


def test_a_batch_that_was_broken_off_goes_on_where_it_was(
    spark: SparkSession, nation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BrokenOff(Exception):
        pass

    def refuse(*_: Any) -> None:
        raise BrokenOff

    # Everything is run, and the driver ends before it can write what became of it.
    monkeypatch.setattr(kyoten._kyoten, "gather_shards", refuse)
    with pytest.raises(BrokenOff):
        kyoten.spark.run_shards(spark, nation, tmp_path / "out")
    assert not (tmp_path / "out" / "batch.json").exists()
    monkeypatch.undo()
    stands = tmp_path / "out" / "pref=22" / f"muni={CODES[0]}" / "run.json"
    before = stands.stat().st_mtime_ns
    found = kyoten.spark.run_shards(spark, nation, tmp_path / "out")
    assert states(found)[CODES[0]] == "done" and stands.stat().st_mtime_ns == before
    assert (tmp_path / "out" / "batch.json").exists() and not (tmp_path / "out" / ".shards").exists()


def test_a_worker_that_is_killed_is_followed_by_another_and_one_that_always_is_by_none(
    spark: SparkSession, nation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if _shards._attempts(spark) == 1:
        pytest.skip("this master tries a task once")
    make = _shards._running
    folder = str(tmp_path / "out" / "pref=22" / f"muni={CODES[2]}")
    marks = str(tmp_path)

    def making(*of: Any) -> _shards.Running:
        running = make(*of)

        def dying(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            import threading

            def kill() -> None:
                """As soon as it has begun to write."""
                while not os.path.isdir(folder) or not any(name.startswith(".") for name in os.listdir(folder)):
                    pass
                open(os.path.join(marks, "killed-writing"), "w").close()
                os.kill(os.getpid(), signal.SIGKILL)

            for batch in batches:
                index, attempt = batch.column(0)[0].as_py(), TaskContext.get().attemptNumber()
                if index == 2 and attempt == 0:
                    threading.Thread(target=kill, daemon=True).start()
                if index == 3 and attempt < of[-1] - 1:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield from running(iter([batch]))

        return dying

    monkeypatch.setattr(_shards, "_running", making)
    found = kyoten.spark.run_shards(spark, nation, tmp_path / "out")
    assert states(found) == dict(zip(CODES, ("done", "failed", "done", "failed")))
    [lost] = [row["errors"] for row in found.collect() if row["municipality"] == CODES[3]]
    assert [error["id"] for error in lost] == ["shard-lost"]
    assert (tmp_path / "killed-writing").exists()
    monkeypatch.undo()
    # What stands is that of a run that nothing happened to.
    done = command(
        "run", nation.parent / "cities" / CODES[2], "--out", tmp_path / "alone", "--format", "parquet", "--no-map", "--quiet"
    )
    assert done.returncode == 0, done.stderr
    assert files(Path(folder)) == files(tmp_path / "alone")


def test_a_list_that_cannot_be_used_begins_nothing(spark: SparkSession, nation: Path, tmp_path: Path) -> None:
    with pytest.raises(kyoten.KyotenError, match="shapefile"):
        kyoten.spark.run_shards(spark, nation, tmp_path / "out", formats=["shapefile"])
    nation.write_text('projects = ["cities/*/no.toml"]\n')
    with pytest.raises(kyoten.KyotenError, match="nothing matches"):
        kyoten.spark.run_shards(spark, nation, tmp_path / "out")
    assert not (tmp_path / "out").exists()
