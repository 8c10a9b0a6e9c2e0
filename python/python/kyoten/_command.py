"""The command ``kyoten``: the program itself, in this process."""

from __future__ import annotations

import sys

from . import _kyoten


def main() -> int:
    """Runs it with the arguments of the process."""
    return _kyoten.command(["kyoten", *sys.argv[1:]])
