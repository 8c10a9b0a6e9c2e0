"""Prints the Python that README.md shows, and that of a notebook without what draws in it: to be run where the repository's `data` is."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = "python/notebooks/geodataframes_to_a_map.ipynb"


def lines() -> str:
    """A script that asserts nothing but what the notebook asserts."""
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"^## In Python$.*?^```python\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    if block is None:
        raise SystemExit("README.md shows no Python under “In Python”")
    cells = json.loads((ROOT / NOTEBOOK).read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    # A notebook's paths are seen from its own folder.
    place = f"import os\n\nos.makedirs({Path(NOTEBOOK).parent.as_posix()!r}, exist_ok=True)\nos.chdir({Path(NOTEBOOK).parent.as_posix()!r})"
    return "\n\n".join([block[1], place, *code])


if __name__ == "__main__":
    print(lines())
