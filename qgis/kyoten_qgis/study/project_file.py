"""How does a `kyoten.toml` of layers of QGIS read?

Its paths are relative to the folder that it will lie in, so that the folder can be moved together with its data, and
the run repeated without QGIS.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..strings import tr
from . import toml
from .inputs import Input
from .source import Copy, File

#: The name that the program looks for in a folder.
FILE_NAME = "kyoten.toml"
#: By its first line a file of ours is known: no other one is ever written over.
FIRST_LINE = "# kyoten.toml, QGIS"


@dataclass(frozen=True)
class Entry:
    """A layer of the study: the keys that say which, and the file."""

    keys: str
    given: Input
    file: File
    #: Further keys of the layer with their values as TOML.
    further: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What was said besides layers, as it was said: keys of the top level, and lines of TOML."""

    keys: Mapping[str, str]
    timetables: list[str]
    layer_lines: str
    further_lines: str


def project_file(settings: Settings, layers: list[Entry], expected: list[Entry], goal: Path) -> str:
    """The text of the project file of a run into the folder `goal`."""
    lines = [FIRST_LINE, toml.comment(tr("Written by QGIS. To run it without: kyoten run kyoten.toml --out DIR")), ""]
    lines += [f"{key} = {value}" for key, value in settings.keys.items()]
    lines += ["", "[layers]"]
    for entry in layers:
        lines += _entry(entry, goal)
    if settings.timetables:
        lines.append(f"gtfs = {toml.texts([relative(file, goal) for file in settings.timetables])}")
    lines += settings.layer_lines.splitlines()
    if expected:
        lines += ["", "[prospective]"]
    for entry in expected:
        lines += _entry(entry, goal)
    if settings.further_lines:
        lines += ["", *settings.further_lines.splitlines()]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, goal: Path) -> list[str]:
    about = tr("The layer “{name}” of the project in QGIS.")
    if isinstance(entry.given.source, Copy):
        about = tr("A copy of the layer “{name}” of the project in QGIS: {why}.")
    why = getattr(entry.given.source, "why", "")
    keys = {"path": toml.text(relative(entry.file.path, goal))}
    which = {"layer": entry.file.layer, "crs": entry.file.crs}
    keys.update({key: toml.text(value) for key, value in which.items() if value})
    keys.update(entry.further)
    written = [f"{entry.keys}.{key} = {value}" for key, value in keys.items()]
    return [toml.comment(about.format(name=entry.given.name, why=why)), *written]


def relative(path: str, folder: Path) -> str:
    """A path as it is seen from a folder, with `/`; absolute where no way leads there, as to another drive."""
    if not os.path.isabs(path):
        return path
    try:
        found = os.path.relpath(path, folder)
    except ValueError:
        found = path
    return found.replace(os.sep, "/")
