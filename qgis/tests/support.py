"""What the tests have in common: QGIS without a window, the plugin in it, the program, and a city to try it on.

The program is the file that the variable KYOTEN names, else the one that Cargo has built.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "qgis" / "kyoten_qgis"
PROGRAM = Path(os.environ.get("KYOTEN", ROOT / "target" / "release" / "kyoten")).resolve()
#: Where Debian keeps the plugins that QGIS ships, of which Processing is one.
_SHIPPED = Path(os.environ.get("QGIS_PLUGINS", "/usr/share/qgis/python/plugins"))

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A profile of our own, which nobody has set anything in.
_PROFILE = tempfile.mkdtemp(prefix="kyoten-profile-")
atexit.register(shutil.rmtree, _PROFILE, ignore_errors=True)
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = _PROFILE
os.environ["PATH"] = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
sys.path[:0] = [str(PLUGIN.parent), str(_SHIPPED)]

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

_APPLICATION = QgsApplication([], False)
_APPLICATION.initQgis()

from processing.core.Processing import Processing  # noqa: E402
from processing.core.ProcessingConfig import ProcessingConfig  # noqa: E402

Processing.initialize()

import kyoten_qgis  # noqa: E402
from kyoten_qgis.program.locate import find, profile_folder  # noqa: E402

__all__ = [
    "PLUGIN", "PROGRAM", "ROOT", "Case", "Heard", "find", "memory_copy", "opened", "profile_folder", "run", "speak",
]  # fmt: skip

_PLUGIN = kyoten_qgis.classFactory(None)
_PLUGIN.initProcessing()


class Heard(QgsProcessingFeedback):
    """Keeps what an algorithm says, and can cancel it after some time."""

    def __init__(self) -> None:
        super().__init__(False)
        self.said: list[str] = []
        self.warned: list[str] = []
        self.errors: list[str] = []
        self.stages: list[str] = []

    def setProgressText(self, text: str) -> None:  # noqa: N802
        self.stages.append(text)

    def pushInfo(self, info: str) -> None:  # noqa: N802
        self.said.append(info)

    def pushConsoleInfo(self, info: str) -> None:  # noqa: N802
        self.said.append(info)

    def pushWarning(self, warning: str) -> None:  # noqa: N802
        self.warned.append(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.errors.append(error)


class Case(unittest.TestCase):
    """A test with a folder of its own that holds the city of `data/sample`."""

    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory(prefix="kyoten-test-")
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name).resolve()
        self.city = self.folder / "city"
        shutil.copytree(ROOT / "data" / "sample", self.city)
        self.addCleanup(speak, "auto")

    def command_line(self, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Calls the program as a user of a terminal does."""
        return subprocess.run(
            [PROGRAM, *arguments], cwd=folder or self.folder, capture_output=True, encoding="utf-8", check=False
        )

    def assert_same_files(self, one: Path, other: Path, *, but: tuple[str, ...] = ()) -> None:
        """Two folders hold the same files, byte for byte."""
        names = sorted(path.name for path in one.iterdir() if path.is_file() and path.name not in but)
        self.assertEqual(names, sorted(p.name for p in other.iterdir() if p.is_file() and p.name not in but))
        different = [name for name in names if (one / name).read_bytes() != (other / name).read_bytes()]
        self.assertEqual([], different)
        self.assertIn("map.html" if "run.json" in but else "run.json", names)


def speak(language: str) -> None:
    """Sets in which language the program is to speak."""
    ProcessingConfig.setSettingValue("KYOTEN_LANGUAGE", ["auto", "ja", "en"].index(language))


def run(
    name: str, parameters: dict, feedback: QgsProcessingFeedback | None = None, project: QgsProject | None = None
) -> tuple[dict, bool, Heard]:
    """Runs an algorithm of the plugin: its results, whether it was done, and what it said."""
    heard = feedback or Heard()
    context = QgsProcessingContext()
    context.setProject(project or QgsProject.instance())
    context.setFeedback(heard)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"kyoten:{name}")
    results, is_done = algorithm.run(parameters, context, heard)
    return results, is_done, heard


def memory_copy(source: QgsVectorLayer, name: str = "memory") -> QgsVectorLayer:
    """The same features in a layer in memory."""
    layer = source.materialize(QgsFeatureRequest())
    layer.setName(name)
    return layer


def opened(path: Path, name: str = "layer", layer: str = "") -> QgsVectorLayer:
    """A layer of a file."""
    found = QgsVectorLayer(f"{path}|layername={layer}" if layer else str(path), name, "ogr")
    assert found.isValid(), path
    return found
