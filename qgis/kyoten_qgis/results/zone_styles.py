"""The styles of parcels that the program puts into a GeoPackage: one a zone, named by the zone's id."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsCategorizedSymbolRenderer, QgsSimpleFillSymbolLayer, QgsSymbol, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

#: What is left of a zone's colour, of 255.
_BREATH = 25


@dataclass(frozen=True)
class ZoneStyle:
    """A style, the zone that it is of, and what the zone is called."""

    id: str
    zone: str
    title: str


def zone_styles(parcels: QgsVectorLayer) -> list[ZoneStyle]:
    """The styles of a layer of parcels, in the order of the rules; none where it is in no GeoPackage."""
    found, ids, zones, titles, _ = parcels.listStylesInDatabase()
    # Those of the layer stand first, behind them all others of the file.
    return sorted(
        (ZoneStyle(*style) for style in zip(ids[:found], zones[:found], titles[:found])),
        key=lambda style: int(style.id),
    )


def apply(style: ZoneStyle, parcels: QgsVectorLayer) -> None:
    """Draws parcels by their status in a zone."""
    text, _ = parcels.getStyleFromDatabase(style.id)
    document = QDomDocument()
    document.setContent(text)
    parcels.importNamedStyle(document)


def only_zone(zones: QgsVectorLayer, zone: str) -> None:
    """Leaves of a layer of candidate zones those of one zone, and its lines of the legend.

    Over parcels, which have the colours of the statuses, zones are no more than a border and a breath of colour: else
    streets in a sure zone look like parcels that are expected to lie in it.
    """
    zones.setSubsetString(f"\"zone\" = '{zone}'")
    renderer = zones.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return
    values = [category.value() for category in renderer.categories()]
    # The style's values are a zone and a status, with a blank between.
    for index in reversed([index for index, value in enumerate(values) if str(value).split(" ")[0] != zone]):
        renderer.deleteCategory(index)
    for index, category in enumerate(renderer.categories()):
        symbol = category.symbol().clone()
        _fade(symbol)
        renderer.updateCategorySymbol(index, symbol)


def _fade(symbol: QgsSymbol) -> None:
    """Takes hatching away, and nearly all of the colour."""
    for index in reversed(range(symbol.symbolLayerCount())):
        layer = symbol.symbolLayer(index)
        if isinstance(layer, QgsSimpleFillSymbolLayer):
            colour = layer.fillColor()
            colour.setAlpha(_BREATH)
            layer.setFillColor(colour)
        else:
            symbol.deleteSymbolLayer(index)
