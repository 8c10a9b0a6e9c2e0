"""What cannot be used is one clear exception, in both languages, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import geopandas
import pyarrow
import pytest
from shapely import Point

import kyoten
from conftest import command, read_parcels


def test_an_error_carries_its_diagnostics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(kyoten.KyotenError) as raised:
        kyoten.run(tmp_path / "none.toml", out=tmp_path / "out")
    error = raised.value
    assert isinstance(error, ValueError) and error.place and "none.toml" in error.place
    assert error.message in str(error) and error.message_ja and error.id
    monkeypatch.setenv("KYOTEN_LANG", "ja")
    assert error.message_ja in str(error)
    assert list(tmp_path.iterdir()) == []


def test_keys_that_are_not_there_are_all_told(sample: Path, project: Path) -> None:
    with pytest.raises(kyoten.KyotenError, match="station_radius_m"):
        kyoten.run(project, thresholds={"station_radius": 1})
    with pytest.raises(kyoten.KyotenError, match="parcels"):
        kyoten.run({"layers": {"did": str(sample / "A16-20_22_DID.geojson")}})
    with pytest.raises(kyoten.KyotenError, match="did you mean|unknown"):
        kyoten.run(project, layers={"dids": "a.geojson"})


def test_tables_that_cannot_be_layers(project: Path, sample: Path) -> None:
    parcels = read_parcels(sample)
    nowhere = parcels.set_crs(None, allow_override=True)
    with pytest.raises(kyoten.KyotenError, match="<parcels>"):
        kyoten.run(project, parcels=nowhere)
    with pytest.raises(kyoten.KyotenError, match="chibann"):
        kyoten.run(project, parcels={"table": parcels, "id": "chibann"})
    with pytest.raises(kyoten.KyotenError, match="form"):
        kyoten.run(project, parcels={"table": parcels, "geometry": "form"})
    with pytest.raises(kyoten.KyotenError):
        kyoten.run(project, parcels=parcels.iloc[:0])
    points = geopandas.GeoDataFrame({"chiban": ["1"]}, geometry=[Point(138.3, 34.8)], crs=6668)
    run = kyoten.run(project, parcels=points, map=False)
    assert run.parcels.to_pyarrow()["central"].to_pylist() == ["undetermined"]
    with pytest.raises(kyoten.KyotenError, match="table in memory"):
        kyoten.run(project, layers={"gtfs": parcels})
    cut = pyarrow.table({"geometry": pyarrow.array([parcels.geometry.to_wkb().iloc[0][:20]])})
    with pytest.raises(kyoten.KyotenError, match="<parcels>"):
        kyoten.run(project, parcels={"table": cut, "crs": "EPSG:6668"})


def test_what_is_no_project_and_no_layer_is_a_type_error(project: Path) -> None:
    with pytest.raises(TypeError, match="a project is"):
        kyoten.run(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        kyoten.run(project, layers={"did": {"table": [1]}})
    with pytest.raises(TypeError, match="a layer is"):
        kyoten.run(project, parcels=3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no place for"):
        kyoten.run(project, thresholds={"membership": object()})  # type: ignore[dict-item]


def test_an_error_of_a_stream_stays_itself(project: Path, sample: Path) -> None:
    table = pyarrow.table(read_parcels(sample).to_arrow(index=False))

    def broken():  # type: ignore[no-untyped-def]
        yield from table.to_batches()
        raise LookupError("the lake is dry")

    study = kyoten.prepare(project)
    reader = pyarrow.RecordBatchReader.from_batches(table.schema, broken())
    with pytest.raises(Exception, match="the lake is dry"):
        study.assess(reader).read()


INTERRUPTED = """
import os, signal, sys, kyoten
def press(progress):
    if progress.done is None and progress.stage != "read":
        os.kill(os.getpid(), signal.SIGINT)
try:
    kyoten.run(sys.argv[1], out=sys.argv[2], progress=press)
except KeyboardInterrupt:
    print("heard")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_is_heard_and_nothing_is_left(project: Path, tmp_path: Path) -> None:
    call = [sys.executable, "-c", INTERRUPTED, str(project), str(tmp_path / "out")]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.stdout == "heard\n", done.stderr
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGINT) is not None


def test_the_command_is_the_program(tmp_path: Path) -> None:
    done = command("--version")
    assert done.stdout == f"kyoten {kyoten.__version__}\n" and done.returncode == 0
    refused = command("run", tmp_path / "none.toml")
    assert refused.returncode == 2 and "none.toml" in refused.stderr and refused.stdout == ""
    beside = Path(sys.executable).with_name("kyoten")
    assert beside.exists() and subprocess.run([beside, "rules"], check=True, capture_output=True).stdout
