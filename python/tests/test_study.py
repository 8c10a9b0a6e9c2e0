"""A study is asked batch by batch, comes back from its file, and explains."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import geopandas
import pyarrow
import pytest

import kyoten
from conftest import read_parcels


@pytest.fixture(scope="module")
def study(project: Path) -> kyoten.Study:
    return kyoten.prepare(project)


@pytest.fixture(scope="module")
def parcels(sample: Path) -> geopandas.GeoDataFrame:
    return read_parcels(sample)


def test_batches_give_what_a_run_gives(
    study: kyoten.Study, project: Path, parcels: geopandas.GeoDataFrame
) -> None:
    run = kyoten.run(project, map=False).parcels.to_pyarrow()
    table = pyarrow.table(parcels.to_arrow(index=False))
    for size in (1, 7, 100, len(parcels)):
        reader = pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=size))
        found = study.assess(reader, id="chiban").to_pyarrow()
        assert found.num_rows == run.num_rows
        for column in study.column_names:
            assert found[column].to_pylist() == run[column].to_pylist(), column
    assert found["chiban"].to_pylist() == run["chiban"].to_pylist()
    assert pyarrow.schema(study.schema).names == study.column_names


def test_rows_go_by_once_and_in_pieces(study: kyoten.Study, parcels: geopandas.GeoDataFrame) -> None:
    batches = study.assess(parcels, id="chiban")
    assert sum(len(table) for table in batches) == len(parcels)
    assert any(notice.layer == "parcels" for notice in batches.notices)
    with pytest.raises(ValueError, match="gone by"):
        batches.read()
    frame = study.assess(parcels, id="chiban").to_geopandas()
    assert frame.crs == parcels.crs and "central" in frame
    # Rows without ids are numbered by the whole input.
    assert study.assess(parcels).to_pyarrow()["kyoten_id"].to_pylist()[-1] == str(len(parcels))


def test_what_is_wrong_with_a_parcel_stands_beside_it(study: kyoten.Study, parcels: geopandas.GeoDataFrame) -> None:
    batches = study.assess(parcels, id="chiban", notices="problems")
    found = batches.to_pyarrow()
    assert found.column_names[-1] == "problems"
    assert found.drop_columns(["problems"]) == study.assess(parcels, id="chiban").to_pyarrow()
    told = [id for ids in found["problems"].to_pylist() for id in ids or ()]
    assert {id: told.count(id) for id in told} == {notice.id: notice.count for notice in batches.notices}
    with pytest.raises(ValueError, match="kyoten's own"):
        study.assess(parcels, notices="central")


def test_bytes_with_a_crs_do_as_well(study: kyoten.Study, parcels: geopandas.GeoDataFrame) -> None:
    plain = pyarrow.table({"shape": pyarrow.array(parcels.geometry.to_wkb()), "chiban": parcels["chiban"]})
    expected = study.assess(parcels, id="chiban").to_pyarrow()["central"]
    assert study.assess(plain, geometry="shape", crs="EPSG:6668").to_pyarrow()["central"] == expected
    with pytest.raises(kyoten.KyotenError, match="crs|CRS"):
        study.assess(plain, geometry="shape").read()


def test_a_study_comes_back_from_its_file(
    study: kyoten.Study, parcels: geopandas.GeoDataFrame, tmp_path: Path
) -> None:
    with pytest.raises(TypeError, match="save it first"):
        pickle.dumps(kyoten.Study(study._native))
    study.save(tmp_path / "city.kyoten")
    expected = study.assess(parcels, id="chiban").to_pyarrow()
    again = pickle.loads(pickle.dumps(study))
    assert again.assess(parcels, id="chiban").to_pyarrow() == expected
    assert kyoten.Study.load(tmp_path / "city.kyoten").column_names == study.column_names
    with pytest.raises(kyoten.KyotenError, match="no layers"):
        again.explain("1")
    pickled = pickle.dumps(again)
    (tmp_path / "city.kyoten").write_bytes((tmp_path / "city.kyoten").read_bytes()[:-1])
    with pytest.raises(ValueError):
        pickle.loads(pickled)


def test_a_parcel_is_explained_and_a_threshold_swept(study: kyoten.Study) -> None:
    rows = study.sweep(station_radius_m=range(300, 1001, 350))
    assert {row["station_radius_m"] for row in rows} == {300, 650, 1000}
    central = [row["parcels"] for row in rows if (row["zone"], row["status"]) == ("central", "eligible")]
    assert central == sorted(central)
    with pytest.raises(kyoten.KyotenError, match="no such threshold"):
        study.sweep(station_radius=[1])
    with pytest.raises(kyoten.KyotenError, match="from"):
        study.sweep(station_radius_m=[-1])
    with pytest.raises(kyoten.KyotenError, match="there is no parcel"):
        study.explain("no such parcel")


def test_why_a_parcel_stands_as_it_does(study: kyoten.Study, parcels: geopandas.GeoDataFrame) -> None:
    parcel = parcels["chiban"].iloc[1]
    explained = study.explain(parcel)
    assert explained["parcel"] == parcel
    assert {zone["id"] for zone in explained["zones"]} == {"central", "local", "senior", "senior_site"}


def resident_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is told by Linux")
def test_memory_is_flat_over_many_batches(study: kyoten.Study, parcels: geopandas.GeoDataFrame) -> None:
    table = pyarrow.table(parcels.to_arrow(index=False))
    many = pyarrow.concat_tables([table] * 20).combine_chunks()
    batch = many.to_batches()[0]
    stream = pyarrow.RecordBatchReader.from_batches(many.schema, (batch for _ in range(100)))
    rows, after = 0, []
    for assessed in study.assess(stream, id="chiban"):
        rows += len(assessed)
        if rows % batch.num_rows == 0:
            after.append(resident_bytes())
    assert rows == 100 * batch.num_rows
    a_fifth = len(after) // 5
    # What 80 batches would hold if they were kept is 480,000 rows of some 70 columns.
    assert after[-1] - after[a_fifth] < 64 << 20
