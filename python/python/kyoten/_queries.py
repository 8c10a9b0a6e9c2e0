"""Questions that need no run."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass
from typing import Any

from . import _kyoten
from ._run import Run


def peaks(
    *feeds: str | os.PathLike[str],
    date: datetime.date | str | None = None,
    stop_group_m: float | None = None,
    min_trips: float = 3,
) -> dict[str, Any]:
    """Departures in the peak hour of every stop of some timetables (GTFS), under every rule of counting.

    停留所ごとのピーク時運行本数（docs/schemas/peaks.schema.json）。``pandas.DataFrame(peaks(…)["stops"])``.
    """
    day = date.isoformat() if isinstance(date, datetime.date) else date
    paths = [os.fspath(feed) for feed in feeds]
    found: dict[str, Any] = json.loads(
        _kyoten.peaks(paths, date=day, stop_group_m=stop_group_m, min_trips=min_trips)
    )
    return found


def diff(before: str | os.PathLike[str] | Run, after: str | os.PathLike[str] | Run) -> dict[str, Any]:
    """What changed between two runs, and which stop did it (docs/schemas/diff.schema.json): run folders, or runs with ``out``.

    2つの結果の違いと、その原因の停留所。
    """
    found: dict[str, Any] = json.loads(_kyoten.diff(_folder(before), _folder(after)))
    return found


def _folder(run: str | os.PathLike[str] | Run) -> str:
    if not isinstance(run, Run):
        return os.fspath(run)
    if not run.files:
        raise ValueError("runs are compared by their folders: run again with out=…")
    return str(run.files[0].parent)


def inspect(
    *files: str | os.PathLike[str],
    crs: str | None = None,
    encoding: str | None = None,
    layer: str | None = None,
) -> list[dict[str, Any]]:
    """What files hold and how they are read (docs/schemas/inspect.schema.json), one entry a layer.

    ファイルの中身と、その読み方。
    """
    paths = [os.fspath(file) for file in files]
    found: list[dict[str, Any]] = json.loads(_kyoten.inspect(paths, crs=crs, encoding=encoding, layer=layer))
    return found


@dataclass(frozen=True)
class Criterion:
    """A condition of a rule set: ルールの条件の1つ。"""

    id: str
    name: str
    name_ja: str
    rule: str
    """The condition in a sentence."""
    rule_ja: str
    layers: tuple[str, ...]
    """The layers that settle it."""
    text: str
    """All that is said of it."""
    text_ja: str


def criteria(rules: str | os.PathLike[str] | None = None) -> list[Criterion]:
    """What a rule set asks, from the code that decides it: one that ships, by its name, or a rule file.

    条件とその測り方。
    """
    found = json.loads(_kyoten.criteria(None if rules is None else os.fspath(rules)))
    return [Criterion(**{**one, "layers": tuple(one["layers"])}) for one in found]
