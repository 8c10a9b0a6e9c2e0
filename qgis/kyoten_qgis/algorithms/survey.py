"""`kyoten survey`: what to find out first."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ..strings import tr
from .base import STATUS, KyotenAlgorithm
from .parameters import PROJECT, SET, project, report, set_arguments, set_values

_MOST = "MOST"
_OUTPUT = "OUTPUT"


class Survey(KyotenAlgorithm):
    """Ranks the holes of the data by what each would settle."""

    command = "survey"

    def title(self) -> str:
        return tr("What to find out first (survey)")

    def help(self) -> str:
        return tr(
            "Ranks what the data do not say by the undetermined parcels that each answer would settle: stops without "
            "a timetable, withheld residents, land without a class, facilities.\n\n"
            "The table holds the stops to be asked about, with an empty column for their peak service. Fill it in "
            "and give it to “Judge parcels” as peak service by stop."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        self.add(project(tr("Project file kyoten.toml")))
        integer = QgsProcessingParameterNumber.Integer
        self.add(QgsProcessingParameterNumber(_MOST, tr("So many items"), integer, optional=True, minValue=1))
        self.add(set_values(), advanced=True)
        filters = "CSV (*.csv);;Excel (*.xlsx)"
        table = tr("Table of stops to be filled in")
        self.add(
            QgsProcessingParameterFileDestination(_OUTPUT, table, filters, optional=True, createByDefault=False)
        )
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        arguments = [self.parameterAsString(parameters, PROJECT, context)]
        arguments += set_arguments(self.parameterAsString(parameters, SET, context))
        if parameters.get(_MOST) is not None:
            arguments += ["--most", str(self.parameterAsInt(parameters, _MOST, context))]
        table = self.parameterAsFileOutput(parameters, _OUTPUT, context)
        if table:
            arguments += ["--output", table]
        outcome = self.call(arguments, feedback)
        results = {_OUTPUT: table} if table else {}
        return {**results, STATUS: outcome.status, **self.report(parameters, context, outcome.said)}
