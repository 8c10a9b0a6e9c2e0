"""Values of TOML, as far as a project file needs them."""

from __future__ import annotations

import json
from collections.abc import Sequence


def text(value: str) -> str:
    """A basic string: what JSON escapes, TOML does in the same way, but for DEL. Source: TOML 1.0, "String"."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def texts(values: Sequence[str]) -> str:
    """An array of strings."""
    return "[" + ", ".join(text(value) for value in values) + "]"


def comment(value: str) -> str:
    """A comment, on one line whatever it says."""
    return "# " + "".join(letter if letter.isprintable() else " " for letter in value)
