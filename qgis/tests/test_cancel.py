"""A run that is cancelled, at any moment, leaves nothing: no process, no file, and an earlier run as it was."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from qgis.core import QgsProject
from support import PROGRAM, Case, Heard, memory_copy, opened, run

#: Seconds after which runs are cancelled: while layers are copied, read, measured and written.
_MOMENTS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0)
_PARCELS = "10000"


class Impatient(Heard):
    """Cancels so many seconds after it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._end = time.monotonic() + seconds

    def isCanceled(self) -> bool:  # noqa: N802
        return time.monotonic() >= self._end


def contents(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, hidden or not."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def processes() -> list[str]:
    """What this process has begun and not seen the end of."""
    command = ["ps", "-o", "args=", "--ppid", str(os.getpid())]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return [line for line in found.stdout.splitlines() if line.startswith(str(PROGRAM))]


class Cancel(Case):
    @classmethod
    def setUpClass(cls) -> None:
        place = tempfile.TemporaryDirectory(prefix="kyoten-city-")
        cls.addClassCleanup(place.cleanup)
        arguments = ["demo", "--out", "demo", "--parcels", _PARCELS, "--no-map", "--quiet"]
        subprocess.run([PROGRAM, *arguments], cwd=place.name, check=True)
        cls.large = Path(place.name) / "demo" / "city"

    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(QgsProject.instance().clear)
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        self.addCleanup(setattr, tempfile, "tempdir", tempfile.tempdir)
        tempfile.tempdir = str(self.temporary)
        layer = memory_copy(opened(self.large / "parcels.geojson"), "parcels")
        QgsProject.instance().addMapLayer(layer)
        self.of_layers = {
            "PARCELS": layer.id(),
            "STATIONS": str(self.large / "N02-20_Station.geojson"),
            "STOPS": str(self.large / "P11-22_22.geojson"),
            "LOAD": False,
        }
        self.of_file = {"PROJECT": str(self.large / "kyoten.toml"), "LOAD": False}

    def cancelled(self, parameters: dict, seconds: float, out: Path) -> bool:
        """Cancels a run after some seconds, and says whether it came before the end."""
        with mock.patch.dict(os.environ, TMPDIR=str(self.temporary)):
            results, _, heard = run("run", {**parameters, "OUTPUT": str(out)}, Impatient(seconds))
        self.assertEqual([], heard.errors)
        self.assertEqual([], processes())
        self.assertEqual([], list(self.temporary.iterdir()))
        return not results

    def test_a_run_that_is_cancelled_leaves_nothing(self) -> None:
        cancelled = 0
        for parameters in (self.of_layers, self.of_file):
            for seconds in _MOMENTS:
                with self.subTest(seconds=seconds, layers="PARCELS" in parameters):
                    place = self.folder / "place"
                    if self.cancelled(parameters, seconds, place / "deep" / "out"):
                        cancelled += 1
                        # Told to end when its run stood already, the program leaves all of it.
                        left = sorted(path.name for path in place.rglob("*"))
                        self.assertTrue(not place.exists() or "run.json" in left, left)
                        self.assertFalse([name for name in left if name.startswith(".partial")], left)
                        subprocess.run(["rm", "-rf", place], check=True)
                    else:
                        self.assertTrue((place / "deep" / "out" / "run.json").is_file())
                        subprocess.run(["rm", "-r", place], check=True)
        self.assertGreater(cancelled, 6)

    def test_a_run_that_is_cancelled_leaves_an_earlier_one_as_it_was(self) -> None:
        place = self.folder / "place"
        out = place / "out"
        _, is_done, heard = run("run", {**self.of_layers, "OUTPUT": str(out), "NAME": "before"})
        self.assertTrue(is_done, heard.errors)
        before = contents(place)
        cancelled = 0
        for seconds in _MOMENTS:
            with self.subTest(seconds=seconds):
                if self.cancelled({**self.of_layers, "NAME": "after"}, seconds, out):
                    cancelled += 1
                    self.assertEqual(before.keys(), contents(place).keys())
                    self.assertEqual(before, contents(place))
                else:
                    before = contents(place)
        self.assertGreater(cancelled, 3)


if __name__ == "__main__":
    unittest.main()
