"""The types that are written down are those of the module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PYTHON = Path(__file__).resolve().parents[1]


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=PYTHON, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_stubs_say_what_is_there() -> None:
    pytest.importorskip("mypy")
    assert run("mypy.stubtest", "kyoten", "--mypy-config-file", "pyproject.toml", "--allowlist", "tests/stubtest_allowlist.txt") == ""


def test_the_package_is_typed() -> None:
    pytest.importorskip("mypy")
    assert run("mypy") == ""
