"""A table of a run, which anything that speaks Arrow takes without a copy."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from . import _kyoten
from ._lang import is_japanese

if TYPE_CHECKING:
    import geopandas
    import pyarrow

_SHOWN_ROWS = 10
_SHOWN_COLUMNS = 14


class Table:
    """Rows with a geometry in JGD2011, longitude before latitude: ``geoarrow.wkb`` in the column ``geometry``.

    ``pyarrow.table(t)``, ``polars.from_arrow(t)``, ``duckdb.from_arrow(t)``, ``sedonadb`` and others take it by
    ``__arrow_c_stream__``.

    表。``to_geopandas()`` で GeoDataFrame になります。
    """

    def __init__(self, native: _kyoten.Table) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._native)

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return self._native.column_names

    def to_pyarrow(self) -> pyarrow.Table:
        """As a table of pyarrow, without a copy."""
        import pyarrow

        return pyarrow.table(self)

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """As a GeoDataFrame with its CRS."""
        import geopandas

        return geopandas.GeoDataFrame.from_arrow(self.to_pyarrow(), geometry="geometry")

    def __repr__(self) -> str:
        return f"<kyoten.Table: {len(self)} rows, {len(self.column_names)} columns>"

    def _repr_html_(self) -> str:
        names = self.column_names[:_SHOWN_COLUMNS]
        more = len(self.column_names) - len(names)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names) + ("<th>…</th>" if more else "")
        rows = "".join(f"<tr>{_cells(row[: len(names)])}</tr>" for row in self._native.cells(_SHOWN_ROWS))
        counts = (len(self), len(self.column_names))
        caption = "{}行、{}列" if is_japanese() else "{} rows, {} columns"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{caption.format(*counts)}</p>"


def _cells(row: list[Any]) -> str:
    return "".join(f"<td>{'' if cell is None else html.escape(cell)}</td>" for cell in row)
