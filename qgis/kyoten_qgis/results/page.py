"""What the program says, as a page for the results viewer of QGIS."""

from __future__ import annotations

import html
from pathlib import Path

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title></head>
<body><pre style="font-family: 'Noto Sans Mono CJK JP', 'MS Gothic', 'Osaka-Mono', monospace">{text}</pre></body></html>
"""


def write_page(file: Path, title: str, text: str) -> None:
    """Writes a text as a page, its columns kept."""
    file.write_text(_PAGE.format(title=html.escape(title), text=html.escape(text)), "utf-8")
