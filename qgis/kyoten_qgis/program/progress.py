"""How far is the program? Asked to (`--progress lines`), it says so on standard error, by lines of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

#: How such a line begins; nothing else that the program says does.
_BEGINNING = '{"progress":'

#: What the program is told, so that it says how far it is.
ASKED = ("--progress", "lines")


@dataclass(frozen=True)
class Step:
    """A stage that begins, under its name for the reader; or the share that is done of it, 0 to 1."""

    name: str
    share: float | None


def step(line: str) -> Step | None:
    """What a line says of the progress; `None` where it is about something else."""
    if not line.startswith(_BEGINNING):
        return None
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return Step(told["name"], told["done"] / told["of"] if told.get("of") else None)
