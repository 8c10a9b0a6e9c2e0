"""What a worker's process does before its first work: as many threads as its tasks have processors, messages in the language of the
driver."""

from __future__ import annotations

import os
from dataclasses import dataclass

from pyspark import TaskContext

from .. import _kyoten
from .._lang import is_japanese

_LANG = "KYOTEN_LANG"


@dataclass(frozen=True)
class Driver:
    """What workers are told by the driver."""

    lang: str

    @classmethod
    def here(cls) -> Driver:
        """Of this process."""
        return cls("ja" if is_japanese() else "en")

    def begin(self) -> None:
        """Makes this process ready; said again, it changes nothing."""
        os.environ.setdefault(_LANG, self.lang)
        context = TaskContext.get()
        # A node runs a process for each of its slots: all threads in each of them would be far too many.
        _kyoten.limit_threads(1 if context is None else max(1, context.cpus()))
