"""How a study reaches the workers: by a path that they share, or sent as a file; in both cases with its SHA-256."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Union

from pyspark import SparkFiles
from pyspark.sql import SparkSession

from .._study import Study, _load_same, _sha256

AnyStudy = Union[Study, str, "os.PathLike[str]"]

# What one process keeps: a join of two assessed frames asks for two studies in turn.
_KEPT = 2


@dataclass(frozen=True)
class StudyFile:
    """A study as workers find it."""

    path: str
    """Where it is; of one that was sent, its name there."""
    sha256: str
    is_sent: bool

    def load(self) -> Study:
        """Takes it from the file, once a process; raises where that is another."""
        return _loaded(SparkFiles.get(self.path) if self.is_sent else self.path, self.sha256)


_loaded: Callable[[str, str], Study] = lru_cache(maxsize=_KEPT)(_load_same)


def given(study: AnyStudy) -> Study:
    """The study itself, on the driver."""
    return study if isinstance(study, Study) else Study.load(study)


def shared(study: Study) -> StudyFile:
    """One whose file every worker can read at its path."""
    if study._file is None:
        raise TypeError("a study is shared by its file: save it first, where all workers can read it")
    path, sha256 = study._file
    return StudyFile(path, sha256, is_sent=False)


def sent(spark: SparkSession, study: Study) -> StudyFile:
    """One whose file Spark brings to every node that works."""
    partial = _folder() / f"{os.getpid()}.partial"
    if study._file is None:
        study._native.save(partial)
    else:
        shutil.copyfile(study._file[0], partial)
    sha256 = _sha256(str(partial))
    if study._file is not None and study._file[1] != sha256:
        raise ValueError(f"{study._file[0]}: it is not the study that was saved or loaded; load it again")
    # Spark tells files apart by their names.
    name = f"kyoten-{sha256[:32]}.kyoten"
    partial.replace(_folder() / name)
    spark.addArtifacts(str(_folder() / name), file=True)
    return StudyFile(name, sha256, is_sent=True)


def _made() -> Path:
    folder = tempfile.mkdtemp(prefix="kyoten-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


# Where files lie that are sent: nodes that join later ask for them too, so they stay as long as the driver.
_folder: Callable[[], Path] = cache(_made)
