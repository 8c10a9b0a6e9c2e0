"""Which layers does the program know, and which of them may be expected?

The names are the keys of `[layers]` and `[prospective]` in `kyoten.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsProcessing

from ..strings import tr


@dataclass(frozen=True)
class Layer:
    """A layer that a run may be given."""

    key: str
    title: str
    #: What kind of layers QGIS offers for it.
    kind: int
    is_common: bool = True

    @property
    def parameter(self) -> str:
        """The name of its parameter."""
        return self.key.upper()


def layers() -> list[Layer]:
    """Every layer but timetables, which are files; the parcels first."""
    polygon, any_shape, table = (
        QgsProcessing.TypeVectorPolygon,
        QgsProcessing.TypeVectorAnyGeometry,
        QgsProcessing.TypeVector,
    )
    return [
        Layer("parcels", tr("Parcels"), polygon),
        Layer("stations", tr("Rail and subway stations"), any_shape),
        Layer("stops", tr("Bus and tram stops"), any_shape),
        Layer("peaks", tr("Peak service by stop (table)"), table, is_common=False),
        Layer("did", tr("Densely inhabited districts"), any_shape),
        Layer("public_land", tr("Public land"), polygon),
        Layer("units", tr("Evaluation units of the public-land ratio"), polygon, is_common=False),
        Layer("census", tr("Census (polygons or table)"), table),
        Layer("urban_zone", tr("Urbanisation area or use zones"), any_shape),
        Layer("induction_area", tr("Urban-function induction area"), any_shape),
        Layer("facilities", tr("Existing senior facilities"), any_shape),
        Layer("municipalities", tr("Municipal boundaries"), any_shape),
        Layer("hub_centres", tr("Centres of central zones"), any_shape, is_common=False),
        Layer("central_zones", tr("Central zones that the plan has set"), polygon, is_common=False),
        Layer("residence_area", tr("Residence induction area"), any_shape, is_common=False),
        Layer("buildings", tr("Buildings with floors or floor area"), polygon, is_common=False),
        Layer("floor_area_ratio", tr("Designated floor-area ratios"), polygon, is_common=False),
    ]


def expected_layers() -> list[Layer]:
    """What the programme recognises as expected."""
    polygon = QgsProcessing.TypeVectorPolygon
    return [
        Layer("did", tr("Expected: densely inhabited districts"), polygon, is_common=False),
        Layer("public_land", tr("Expected: area with enough public land"), polygon, is_common=False),
        Layer("census", tr("Expected: area with enough older residents"), polygon, is_common=False),
        Layer("induction_area", tr("Expected: urban-function induction area"), polygon, is_common=False),
    ]
