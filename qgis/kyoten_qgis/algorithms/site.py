"""`kyoten site`: sites of new facilities, all far enough apart."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..results.product import add_product
from ..strings import tr
from ..study.inputs import Input
from .base import STATUS, KyotenAlgorithm
from .parameters import PROJECT, load, project, report

_MOST = "MOST"
_WITHIN = "WITHIN"
_MAX = "MAX"
_FIXED = "FIXED"
_EXCLUDE = "EXCLUDE"
_MERGE = "MERGE"
_ZONE = "ZONE"
_OUTPUT = "OUTPUT"

#: The program's words for what there is to be most of.
_MOST_WORDS = ("sites", "seniors")


class Site(KyotenAlgorithm):
    """Chooses sites of new senior facilities."""

    command = "site"

    def title(self) -> str:
        return tr("Sites of new senior facilities (site)")

    def help(self) -> str:
        return tr(
            "Chooses sites of new senior facilities among the parcels that are eligible as such: as many as can be, "
            "or near as many older residents as can be, all at least 700 m apart and from existing ones of the kind. "
            "Where there can be no more, that is said; else how many there can be at most.\n\n"
            "Sites that are settled already and areas where no site may be can be layers of the project, also in "
            "memory."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        self.add(project(tr("Project file kyoten.toml")))
        most = [tr("As many sites as can be"), tr("Near as many residents aged 65 or over as can be")]
        self.add(QgsProcessingParameterEnum(_MOST, tr("Choose"), most, False, 0))
        double, integer = QgsProcessingParameterNumber.Double, QgsProcessingParameterNumber.Integer
        within = tr("Residents live near a site within so many metres (500 unless said)")
        self.add(QgsProcessingParameterNumber(_WITHIN, within, double, optional=True, minValue=0), advanced=True)
        many = tr("No more than so many sites")
        self.add(QgsProcessingParameterNumber(_MAX, many, integer, optional=True, minValue=1))
        any_shape, polygons = [QgsProcessing.TypeVectorAnyGeometry], [QgsProcessing.TypeVectorPolygon]
        fixed = tr("Sites that are settled already")
        self.add(QgsProcessingParameterFeatureSource(_FIXED, fixed, any_shape, optional=True))
        exclude = tr("Areas where no site may be")
        self.add(QgsProcessingParameterFeatureSource(_EXCLUDE, exclude, polygons, optional=True))
        merge = tr("Put two or three neighbouring parcels together")
        self.add(QgsProcessingParameterBoolean(_MERGE, merge, False))
        zone = tr("Zone whose sites are meant, where the rules have several")
        self.add(QgsProcessingParameterString(_ZONE, zone, optional=True), advanced=True)
        self.add(load())
        self.add(QgsProcessingParameterFileDestination(_OUTPUT, tr("Chosen sites"), "GeoJSON (*.geojson)"))
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def prepareAlgorithm(  # noqa: N802
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        options = {"--fixed": _FIXED, "--exclude": _EXCLUDE}
        self._layers = {option: Input.of(self, parameters, name, context) for option, name in options.items()}
        return True

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        goal = self.parameterAsFileOutput(parameters, _OUTPUT, context)
        most = _MOST_WORDS[self.parameterAsEnum(parameters, _MOST, context)]
        arguments = [self.parameterAsString(parameters, PROJECT, context), "--most", most, "--output", goal]
        if parameters.get(_WITHIN) is not None:
            arguments += ["--within", str(self.parameterAsDouble(parameters, _WITHIN, context))]
        if parameters.get(_MAX) is not None:
            arguments += ["--max", str(self.parameterAsInt(parameters, _MAX, context))]
        if self.parameterAsBool(parameters, _MERGE, context):
            arguments.append("--merge")
        zone = self.parameterAsString(parameters, _ZONE, context).strip()
        if zone:
            arguments += ["--zone", zone]
        with TemporaryDirectory() as place:
            for option, layer in self._layers.items():
                if layer is not None:
                    copy = Path(place) / f"{option.strip('-')}.gpkg"
                    arguments += [option, layer.as_file(copy, feedback)]
            outcome = self.call(arguments, feedback)
        self.add_when_done(
            parameters, context, lambda filled: add_product(filled, Path(goal), tr("Chosen sites"), "sites")
        )
        return {_OUTPUT: goal, STATUS: outcome.status, **self.report(parameters, context, outcome.said)}
