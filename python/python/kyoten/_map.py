"""The map of a run in a notebook."""

from __future__ import annotations

import html
import os


class Map:
    """The page with the map, shown in a frame: 結果の地図。``save`` writes it as a file."""

    def __init__(self, page: str, height: int = 640) -> None:
        self.page = page
        """The page, whole: it asks for no other file."""
        self.height = height
        """How high the frame is, in pixels."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page to a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.page)

    def _repr_html_(self) -> str:
        page = html.escape(self.page, quote=True)
        # The page runs, and has nothing to do with the notebook.
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'style="width:100%;height:{self.height}px;border:0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<kyoten.Map: {len(self.page)} characters>"
