"""Relations of other engines go in by the PyCapsule protocol, without a file in between."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pytest

import kyoten
from conftest import read_parcels


@pytest.fixture(scope="module")
def expected(project: Path) -> list[str]:
    return list(kyoten.run(project, map=False).parcels.to_pyarrow()["central"].to_pylist())


def test_a_relation_of_duckdb(project: Path, sample: Path, expected: list[str]) -> None:
    duckdb = pytest.importorskip("duckdb")
    parcels = read_parcels(sample)
    plain = parcels.assign(shape=parcels.geometry.to_wkb()).drop(columns="geometry")
    connection = duckdb.connect()
    connection.register("plain", plain)
    relation = connection.sql("SELECT chiban, shape FROM plain WHERE chiban IS NOT NULL OR chiban IS NULL")
    run = kyoten.run(
        project,
        parcels={"table": relation, "geometry": "shape", "crs": "EPSG:6668", "id": "chiban"},
        map=False,
    )
    assert run.parcels.to_pyarrow()["central"].to_pylist() == expected
    study = kyoten.prepare(project)
    found = study.assess(connection.sql("SELECT * FROM plain"), geometry="shape", crs="EPSG:6668", id="chiban")
    assert found.to_pyarrow()["central"].to_pylist() == expected
    # And what comes out, goes back in.
    zones = run.zones
    assert zones is not None
    arrow = zones.to_pyarrow()
    assert connection.sql("SELECT count(*) FROM arrow").fetchall() == [(len(zones),)]


def test_a_relation_of_sedonadb(project: Path, sample: Path, expected: list[str]) -> None:
    sedonadb = pytest.importorskip("sedonadb")
    engine = sedonadb.connect()
    frame = engine.create_data_frame(read_parcels(sample))
    frame.to_view("parcels", overwrite=True)
    relation = engine.sql("SELECT chiban, geometry FROM parcels")
    run = kyoten.run(project, parcels={"table": relation, "id": "chiban"}, map=False)
    assert run.parcels.to_pyarrow()["central"].to_pylist() == expected
    found = kyoten.prepare(project).assess(relation, id="chiban")
    assert found.to_pyarrow()["central"].to_pylist() == expected
    back = engine.create_data_frame(run.parcels)
    assert pyarrow.table(back).num_rows == len(expected)
