"""`kyoten assess`: whether drawn zones meet what is asked."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..results.product import add_product
from ..strings import tr
from ..study.inputs import Input
from .base import STATUS, KyotenAlgorithm
from .parameters import PROJECT, load, project, report

_ZONES = "ZONES"
_ZONE = "ZONE"
_OUTPUT = "OUTPUT"


class Assess(KyotenAlgorithm):
    """Asks zones that a planner has drawn, as wholes."""

    command = "assess"

    def title(self) -> str:
        return tr("Whether drawn zones meet the criteria (assess)")

    def help(self) -> str:
        return tr(
            "Asks zones that you have drawn as wholes: every criterion with the share of the zone in which it holds, "
            "the parts that break it, and the largest part that meets all. Each feature of the layer is one zone; a "
            "layer in memory that was only just drawn will do, once its edits are saved.\n\n"
            "What a zone is stands in its field zone (central, local, senior); where there is none, say it below. "
            "Its name stands in name. The status is 1 where a criterion of a zone is not met or not known."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        self.add(project(tr("Project file kyoten.toml")))
        polygons = [QgsProcessing.TypeVectorPolygon]
        self.add(QgsProcessingParameterFeatureSource(_ZONES, tr("Drawn zones"), polygons))
        zone = tr("What zones are that do not say it (central, local, senior)")
        self.add(QgsProcessingParameterString(_ZONE, zone, optional=True))
        self.add(load())
        assessed = tr("Assessed zones")
        self.add(QgsProcessingParameterFileDestination(_OUTPUT, assessed, "GeoJSON (*.geojson)"))
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def prepareAlgorithm(  # noqa: N802
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        self._zones = Input.of(self, parameters, _ZONES, context)
        return self._zones is not None

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        goal = self.parameterAsFileOutput(parameters, _OUTPUT, context)
        zone = self.parameterAsString(parameters, _ZONE, context).strip()
        with TemporaryDirectory() as place:
            file = self._zones.placed(Path(place) / "zones.gpkg", feedback)
            options = {"--zone": zone, "--crs": file.crs, "--layer": file.layer}
            arguments = [self.parameterAsString(parameters, PROJECT, context), file.path, "--output", goal]
            arguments += [word for option, value in options.items() if value for word in (option, value)]
            outcome = self.call(arguments, feedback)
        self.add_when_done(
            parameters, context, lambda filled: add_product(filled, Path(goal), tr("Assessed zones"), "assessed")
        )
        return {_OUTPUT: goal, STATUS: outcome.status, **self.report(parameters, context, outcome.said)}
