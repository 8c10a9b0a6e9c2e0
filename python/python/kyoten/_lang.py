"""Which language does the reader have? As the program asks: KYOTEN_LANG, else the locale, else English."""

from __future__ import annotations

import os


def is_japanese() -> bool:
    """Whether messages are shown in Japanese."""
    said = (os.environ.get(name) for name in ("KYOTEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next((text for text in said if text), "").lower().startswith("ja")
