"""Where do the files of a study lie while the program runs?

In a hidden folder beside the goal, as deep in the tree as the goal itself, so that relative paths mean the same. When
the run is done they move into the goal; where it is not, they are gone and the goal is as it was.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from qgis.core import QgsProcessingException

from ..program.call import Cancelled
from ..strings import tr
from .project_file import FILE_NAME, FIRST_LINE
from .source import File

#: The folder of copies of layers.
COPIES = "inputs"
#: What stands for a finished run.
_RECORD = "run.json"


class Stage:
    """The folder in which a study is put together for a goal. Left without `finish`, it leaves nothing."""

    def __init__(self, goal: Path) -> None:
        self.goal = goal.resolve()
        self._was_there = self.goal.exists()
        _refuse_foreign(self.goal)

    def __enter__(self) -> Stage:
        self._made = [folder for folder in self.goal.parents if not folder.exists()]
        self.goal.parent.mkdir(parents=True, exist_ok=True)
        self._place = tempfile.TemporaryDirectory(prefix=f".{self.goal.name}.kyoten-", dir=self.goal.parent)
        self.folder = Path(self._place.name)
        return self

    def moved(self, file: File) -> File:
        """A file as it will lie once the stage is finished."""
        path = Path(file.path)
        if self.folder not in path.parents:
            return file
        return replace(file, path=str(self.goal / path.relative_to(self.folder)))

    def finish(self) -> None:
        """Puts the project file and the copies into the goal, which the program has made."""
        place, new, old = self.goal / COPIES, self.folder / COPIES, self.folder / "old"
        if place.exists():
            place.rename(old)
        if new.exists():
            new.rename(place)
        (self.folder / FILE_NAME).replace(self.goal / FILE_NAME)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._place.cleanup()
        if kind is None:
            return
        if kind is Cancelled and not self._was_there and not (self.goal / _RECORD).exists():
            # A program that had to be killed could not clear what it had begun.
            shutil.rmtree(self.goal, ignore_errors=True)
        for folder in self._made:
            # Somebody may have put something into it by now.
            with contextlib.suppress(OSError):
                folder.rmdir()


def _refuse_foreign(goal: Path) -> None:
    """A project file that somebody wrote is never written over, nor is a folder of inputs beside it."""
    file, copies = goal / FILE_NAME, goal / COPIES
    is_ours = file.is_file() and file.read_text("utf-8", "replace").startswith(FIRST_LINE)
    foreign = [] if is_ours else [path for path in (file, copies) if path.exists()]
    if foreign:
        reason = tr("{path} was not written by QGIS and is left as it is. Choose another folder for the results.")
        raise QgsProcessingException(reason.format(path=foreign[0]))
