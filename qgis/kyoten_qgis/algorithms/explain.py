"""`kyoten explain`: why a parcel stands as it does; of all parcels as columns."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..results.run_folder import add_run
from ..strings import tr
from .base import STATUS, KyotenAlgorithm
from .parameters import PROJECT, SET, load, project, report, set_arguments, set_values

_PARCEL = "PARCEL"
_OUTPUT = "OUTPUT"


class Explain(KyotenAlgorithm):
    """Tells the reasons of one parcel, or of all."""

    command = "explain"

    def title(self) -> str:
        return tr("Why a parcel stands as it does (explain)")

    def help(self) -> str:
        return tr(
            "Says for one parcel every criterion with its threshold, the measured value and the margin, what decides "
            "it, and the smallest change that would turn it. The id is the column kyoten_id of the results; where "
            "several parcels have the same one, add @ and the place in the file, such as 12-3@2.\n\n"
            "The project file is the kyoten.toml that you ran, also the one that QGIS wrote into the folder of the "
            "results. The path of a folder of results without one can be typed too: then what its columns say is "
            "told.\n\n"
            "With the parcel left empty and a folder chosen, every parcel is written there with its margins as "
            "columns."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        self.add(project(tr("Project file kyoten.toml, or a folder of results")))
        self.add(QgsProcessingParameterString(_PARCEL, tr("Id of the parcel (kyoten_id)"), optional=True))
        self.add(set_values(), advanced=True)
        every = tr("Folder for all parcels with their margins")
        self.add(
            QgsProcessingParameterFolderDestination(_OUTPUT, every, optional=True, createByDefault=False)
        )
        self.add(load())
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        arguments = [self.parameterAsString(parameters, PROJECT, context)]
        arguments += set_arguments(self.parameterAsString(parameters, SET, context))
        parcel = self.parameterAsString(parameters, _PARCEL, context).strip()
        folder = self.parameterAsString(parameters, _OUTPUT, context)
        results: dict = {}
        if parcel:
            arguments.append(parcel)
        elif folder:
            arguments += ["--all", "--out", folder, "--format", "gpkg", "--map"]
            results[_OUTPUT] = folder
        outcome = self.call(arguments, feedback)
        if results:
            self.add_when_done(parameters, context, lambda filled: add_run(filled, Path(folder)))
        return {**results, STATUS: outcome.status, **self.report(parameters, context, outcome.said)}
