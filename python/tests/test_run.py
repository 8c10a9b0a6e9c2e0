"""A run by the module is that of the command line, whatever comes in from memory, and writes nothing unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import pyarrow
import pytest

import kyoten
from conftest import command, read_parcels


def plain(table: pyarrow.Table) -> dict[str, list[Any]]:
    """Every column of kyoten's, and the shapes as their bytes."""
    names = table.column_names[table.column_names.index("kyoten_id") :]
    columns = {name: table[name].combine_chunks() for name in names}
    bare = {name: getattr(column, "storage", column) for name, column in columns.items()}
    return {name: column.to_pylist() for name, column in bare.items()}


@pytest.fixture(scope="session")
def expected(by_command: Path) -> dict[str, list[Any]]:
    import pyarrow.parquet

    # The boxes around the shapes are for readers of the file.
    return plain(pyarrow.parquet.read_table(by_command / "parcels.parquet").drop_columns(["bbox"]))


def found(run: kyoten.Run) -> dict[str, list[Any]]:
    return plain(run.parcels.to_pyarrow())


def test_a_path_is_run_as_by_the_command_and_nothing_is_written(
    project: Path, expected: dict[str, list[Any]], by_command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kyoten.run(project)
    assert found(run) == expected
    assert list(tmp_path.iterdir()) == [] and run.files == []
    record = json.loads((by_command / "run.json").read_text())
    assert run.report["counts"] == record["counts"] and run.report["notices"] == record["notices"]
    assert run.counts["central"] == {status: one["parcels"] for status, one in record["counts"]["central"].items()}
    for name in ("zones", "places", "stops", "facilities"):
        table = getattr(run, name).to_geopandas()
        told = json.loads((by_command / f"{name}.geojson").read_text())["features"]
        assert len(table) == len(told) and table.crs.to_epsg() == 6668


def test_a_geodataframe_gives_what_its_file_gives(
    project: Path, sample: Path, expected: dict[str, list[Any]]
) -> None:
    parcels = read_parcels(sample)
    stations = geopandas.read_file(sample / "N02-20_Station.geojson")
    did = geopandas.read_file(sample / "A16-20_22_DID.geojson")
    run = kyoten.run(
        project,
        parcels={"table": parcels, "id": "chiban"},
        layers={"stations": stations, "did": {"table": did, "where": {"A16_002": "22999"}}},
    )
    assert found(run) == expected
    inputs = {one["layer"]: one["files"] for one in run.report["inputs"]}
    assert inputs["parcels"][0]["path"] == "<parcels>" and len(inputs["did"][0]["sha256"]) == 64


def test_parcels_of_which_nothing_is_said_have_the_ids_that_the_project_names(
    project: Path, sample: Path, tmp_path: Path, expected: dict[str, list[Any]]
) -> None:
    parcels = read_parcels(sample)
    assert found(kyoten.run(project, parcels=parcels, map=False))["kyoten_id"] == expected["kyoten_id"]
    parcels.to_file(tmp_path / "other.gpkg")
    by_path = kyoten.run(project, parcels=tmp_path / "other.gpkg", map=False)
    assert found(by_path)["kyoten_id"] == expected["kyoten_id"]
    own = kyoten.run(project, parcels={"table": parcels}, map=False)
    assert found(own)["kyoten_id"] == expected["kyoten_id"]
    other = kyoten.run(project, parcels={"table": parcels, "id": "chimoku"}, map=False)
    assert found(other)["kyoten_id"] != expected["kyoten_id"]


def test_a_geodataframe_on_the_plane_gives_the_same_verdicts(
    project: Path, sample: Path, expected: dict[str, list[Any]]
) -> None:
    parcels = read_parcels(sample).to_crs(6676)
    run = kyoten.run(project, parcels={"table": parcels, "id": "chiban"}, map=False)
    for column in ("kyoten_id", "central", "local", "senior", "senior_site"):
        assert found(run)[column] == expected[column]
    with pytest.raises(ValueError, match="drew no map"):
        run.map()


def test_a_dict_says_what_a_project_file_says(
    sample: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, list[Any]]
) -> None:
    try:
        import tomllib
    except ImportError:
        pytest.skip("this Python reads no TOML")
    monkeypatch.chdir(sample)
    settings = tomllib.loads((sample / "kyoten.toml").read_text(encoding="utf-8"))
    assert found(kyoten.run(settings)) == expected


def test_thresholds_rules_and_scenario_are_said_for_this_time(project: Path, sample: Path, tmp_path: Path) -> None:
    wider = kyoten.run(project, thresholds={"station_radius_m": 300}, map=False)
    done = command(
        "run", project, "--set", "station_radius_m=300", "--out", tmp_path / "out", "--no-map", "--quiet"
    )
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert wider.report["counts"] == record["counts"]
    assert wider.report["rules"]["thresholds"]["station_radius_m"] == 300
    other = kyoten.run(project, rules="walkable", map=False)
    assert other.report["rules"]["set"] == "walkable" != wider.report["rules"]["set"]
    planned = sample / "future_urban_zone.geojson"
    what_if = kyoten.run(project, scenario={"note": "編入", "layers": {"urban_zone": planned}}, map=False)
    assert "what-if: 編入" in what_if.report["project"]["name"]


def test_out_writes_the_folder_of_the_command(project: Path, by_command: Path, tmp_path: Path) -> None:
    run = kyoten.run(project, out=tmp_path / "out")
    for name in ("parcels.geojson", "zones.geojson", "map.html"):
        assert (tmp_path / "out" / name).read_bytes() == (by_command / name).read_bytes(), name
    assert {file.name for file in run.files} >= {"run.json", "parcels.geojson", "map.html"}


def test_what_a_notebook_shows(project: Path, tmp_path: Path) -> None:
    run = kyoten.run(project)
    page = run.map()
    assert page._repr_html_().startswith("<iframe srcdoc=") and "&lt;!doctype html&gt;" in page._repr_html_().lower()
    page.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == page.page
    shown = run.parcels._repr_html_()
    assert "kyoten_id" in shown and f"{len(run.parcels)} rows" in shown
    frame = run.parcels.to_geopandas()
    assert frame.crs.to_epsg() == 6668 and len(frame) == len(run.parcels)
    [notice] = [one for one in run.notices if one.id == "geometry-null" or "without a geometry" in one.what][:1]
    assert notice.layer == "parcels" and notice.what_ja and notice.count >= 1


def test_progress_is_told_and_what_it_raises_ends_the_run(project: Path, tmp_path: Path) -> None:
    told: list[kyoten.Progress] = []
    kyoten.run(project, progress=told.append, map=False)
    assert told[-1].stage_ja and any(one.done == one.of is not None for one in told)

    def refuse(progress: kyoten.Progress) -> None:
        raise LookupError(progress.stage)

    with pytest.raises(LookupError):
        kyoten.run(project, out=tmp_path / "out", progress=refuse)
    assert not (tmp_path / "out").exists()
