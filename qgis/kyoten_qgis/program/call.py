"""How is the program called, heard, and stopped?"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO

from .locate import Program
from .progress import Step, step

#: So often it is asked whether the user has cancelled, in seconds.
_ASK = 0.1
#: So long the program may take to clear what it has begun, in seconds; then it is killed.
_PATIENCE = 20.0

#: Variables by which QGIS tells its own libraries where their data are. The program carries its own PROJ, which could
#: not read the database of another version.
_OF_QGIS = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH")


@dataclass(frozen=True)
class Outcome:
    """What the program came to: its exit status, and all that it printed but for its progress."""

    status: int
    said: str
    complained: str


class Cancelled(Exception):
    """The user has cancelled, and the program has ended."""


def call(
    program: Program,
    arguments: Sequence[str],
    is_cancelled: Callable[[], bool],
    hear: Callable[[str], None],
    folder: Path | None = None,
    advance: Callable[[Step], None] = lambda step: None,
) -> Outcome:
    """Runs the program in `folder` and tells each line of its results to `hear` as it comes, and its progress to `advance`.

    Both are called in the thread that calls this.

    Raises `Cancelled` where the user has cancelled, `OSError` where the program cannot be started.
    """
    process = subprocess.Popen(
        [*program.command, *arguments],
        cwd=folder,
        env=_environment(program),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        return _listen(process, is_cancelled, hear, advance)
    finally:
        _stop(process)


def _environment(program: Program) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OF_QGIS}
    return {**kept, "PYTHONIOENCODING": "utf-8", **program.environment}


def _listen(
    process: subprocess.Popen[str],
    is_cancelled: Callable[[], bool],
    hear: Callable[[str], None],
    advance: Callable[[Step], None],
) -> Outcome:
    lines: SimpleQueue[str | Step] = SimpleQueue()
    said: list[str] = []
    complained: list[str] = []

    def complain(line: str) -> None:
        told = step(line)
        if told is None:
            complained.append(line)
        else:
            lines.put(told)

    readers = [_reader(process.stdout, lines.put), _reader(process.stderr, complain)]

    def tell() -> None:
        while True:
            try:
                line = lines.get_nowait()
            except Empty:
                return
            if isinstance(line, Step):
                advance(line)
                continue
            said.append(line)
            hear(line.rstrip("\n"))

    while True:
        # What has ended by now is done, and its files stand.
        if is_cancelled() and process.poll() is None:
            raise Cancelled
        tell()
        try:
            status = process.wait(_ASK)
        except subprocess.TimeoutExpired:
            continue
        for reader in readers:
            reader.join()
        tell()
        return Outcome(status, "".join(said), "".join(complained))


def _reader(pipe: IO[str], take: Callable[[str], None]) -> threading.Thread:
    def read() -> None:
        with pipe:
            for line in pipe:
                take(line)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _stop(process: subprocess.Popen[str]) -> None:
    """Ends a program that still runs, and waits until it has."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
