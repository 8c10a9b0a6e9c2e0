"""`kyoten diff`: what changed between two runs, and why."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..strings import tr
from .base import STATUS, KyotenAlgorithm
from .parameters import report

_BEFORE = "BEFORE"
_AFTER = "AFTER"
_OUTPUT = "OUTPUT"


class Diff(KyotenAlgorithm):
    """Compares two folders of results."""

    command = "diff"

    def title(self) -> str:
        return tr("What changed between two runs (diff)")

    def help(self) -> str:
        return tr(
            "Compares two folders of results: statuses gained and lost by parcels and hectares, the stop that did it, "
            "candidate zones that appeared or vanished, and what else differs between the runs.\n\n"
            "The table holds every parcel that changed, by its kyoten_id."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        folder = QgsProcessingParameterFile.Folder
        self.add(QgsProcessingParameterFile(_BEFORE, tr("Folder of results from before (A)"), folder))
        self.add(QgsProcessingParameterFile(_AFTER, tr("Folder of results from after (B)"), folder))
        table = tr("Table of changed parcels")
        self.add(
            QgsProcessingParameterFileDestination(
                _OUTPUT, table, "CSV (*.csv)", optional=True, createByDefault=False
            )
        )
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        arguments = [self.parameterAsFile(parameters, name, context) for name in (_BEFORE, _AFTER)]
        table = self.parameterAsFileOutput(parameters, _OUTPUT, context)
        if table:
            arguments += ["--out", table]
        outcome = self.call(arguments, feedback)
        results = {_OUTPUT: table} if table else {}
        return {**results, STATUS: outcome.status, **self.report(parameters, context, outcome.said)}
