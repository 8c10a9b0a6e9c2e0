"""The sample city of the repository, read from where it lies."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import geopandas
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYOTEN_LANG", "en")


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "data" / "sample"


@pytest.fixture(scope="session")
def project(sample: Path) -> Path:
    return sample / "kyoten.toml"


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the command ``kyoten`` as a process of its own."""
    environment = {**os.environ, "KYOTEN_LANG": "en"}
    call = [sys.executable, "-m", "kyoten", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture(scope="session")
def by_command(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run by the command line."""
    out = tmp_path_factory.mktemp("run") / "out"
    done = command("run", project, "--out", out, "--format", "geojson,parquet", "--quiet")
    assert done.returncode == 0, done.stderr
    return out


def read_parcels(sample: Path) -> geopandas.GeoDataFrame:
    """The parcels, one of which has a ring that is not closed: GeoPandas refuses it unless it is told to close it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return geopandas.read_file(sample / "parcels.geojson", on_invalid="fix")
