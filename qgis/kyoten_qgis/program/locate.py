"""Which program is called?

The one that is set; else the one that was installed into the profile; else `kyoten` of the system's PATH; else the
module `kyoten` of the Python that QGIS has.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsApplication

from .. import settings

#: The name of the program as a file.
EXECUTABLE = "kyoten.exe" if os.name == "nt" else "kyoten"


@dataclass(frozen=True)
class Program:
    """How a call begins, and what its environment needs."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def profile_folder() -> Path:
    """Where the profile keeps a program that was installed."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "kyoten" / "program"


def find() -> Program | None:
    """The program; `None` where there is none."""
    chosen = settings.program()
    if chosen:
        return Program((chosen,)) if Path(chosen).is_file() else None
    return in_folder(profile_folder()) or _in_path() or _as_module()


def in_folder(folder: Path) -> Program | None:
    """The program in a folder into which a zip or a wheel was unpacked."""
    # Beside the program, completions for a shell may have its name.
    found = max(_files(folder), key=lambda path: path.stat().st_size, default=None)
    if found is not None:
        return Program((str(found),))
    if (folder / "kyoten" / "__main__.py").is_file():
        path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
        return Program((interpreter(), "-m", "kyoten"), {"PYTHONPATH": path})
    return None


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(f"**/{EXECUTABLE}") if path.is_file())


def _in_path() -> Program | None:
    found = shutil.which("kyoten")
    return Program((found,)) if found else None


def _as_module() -> Program | None:
    if importlib.util.find_spec("kyoten") is None:
        return None
    return Program((interpreter(), "-m", "kyoten"))


def interpreter() -> str:
    """Python as a program: within QGIS on Windows and macOS, `sys.executable` is QGIS itself."""
    if Path(sys.executable).stem.lower().startswith("python"):
        return sys.executable
    names = ("python3.exe", "python.exe") if os.name == "nt" else ("bin/python3", "python3")
    folders = (sys.exec_prefix, sys.base_exec_prefix, str(Path(sys.executable).parent))
    places = (Path(folder) / name for folder in folders for name in names)
    return next((str(place) for place in places if place.is_file()), "python3")
