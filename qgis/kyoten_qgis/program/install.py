"""How does a program that was chosen from the disk get into the profile? Whole or not at all, without a network."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from ..strings import tr
from .call import call
from .checked import Refused, check
from .locate import Program, in_folder


def install(file: Path, digest: str, goal: Path, is_cancelled: Callable[[], bool]) -> str:
    """Unpacks a zip or a wheel into `goal`, in the place of an earlier one, and returns the program's version.

    Raises `Refused` where the file is not as it should be or its program does not run here.
    """
    check(file, digest)
    goal.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kyoten-", dir=goal.parent) as place:
        new = Path(place) / "new"
        with zipfile.ZipFile(file) as archive:
            archive.extractall(new)
        version = _version(_runnable(new, file), file, is_cancelled)
        if goal.exists():
            goal.rename(Path(place) / "old")
        new.rename(goal)
    return version


def _runnable(folder: Path, file: Path) -> Program:
    program = in_folder(folder)
    if program is None:
        raise Refused(tr("{file}: there is no program kyoten for this system in it.").format(file=file))
    if os.name != "nt":
        # A zip keeps no permissions when it is unpacked by Python.
        executable = Path(program.command[0])
        if folder in executable.parents:
            executable.chmod(0o755)
    return program


def _version(program: Program, file: Path, is_cancelled: Callable[[], bool]) -> str:
    """What the program says of itself: the proof that it runs."""
    try:
        outcome = call(program, ["--version"], is_cancelled, lambda line: None)
    except OSError as error:
        reason = tr("{file}: its program does not run on this computer ({reason}). Choose the file for your system.")
        raise Refused(reason.format(file=file, reason=error)) from error
    if outcome.status != 0 or not outcome.said.startswith("kyoten "):
        reason = tr("{file}: its program does not run on this computer ({reason}). Choose the file for your system.")
        raise Refused(reason.format(file=file, reason=outcome.complained.strip() or outcome.status))
    return outcome.said.strip()
