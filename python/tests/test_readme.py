"""The Python lines of the readmes run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["README.md", "README.ja.md", "python/README.md", "docs/python.md", "docs/ja/python.md"]


def blocks(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", TEXTS)
def test_python_lines_run_as_they_stand(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Paths are written from the root of the repository; what one block names, the next may use.
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    found = blocks(name)
    assert found, name
    for block in found:
        exec(compile(block, name, "exec"), names)
