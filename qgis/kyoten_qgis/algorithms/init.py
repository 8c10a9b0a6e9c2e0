"""`kyoten init`: from a folder of downloads to a project file."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..strings import tr
from ..study.project_file import FILE_NAME
from .base import STATUS, KyotenAlgorithm
from .parameters import report

_FOLDER = "FOLDER"
_OUTPUT = "OUTPUT"
_FORCE = "FORCE"
_PROJECT_FILE = "PROJECT_FILE"


class Init(KyotenAlgorithm):
    """Looks through downloads and writes a project file for them."""

    command = "init"

    def title(self) -> str:
        return tr("Project file for a folder of downloads (init)")

    def help(self) -> str:
        return tr(
            "Looks through a folder of downloaded files, zips as they are, says what each was taken for and why, "
            "what was left and what is missing with its publisher, and writes a project file kyoten.toml for "
            "them.\n\n"
            "Look through that file with an editor, then give it to “Judge parcels”. Unless another file is said, it "
            "is kyoten.toml in the folder itself; one that is there is written over only if you say so."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        folder = tr("Folder of downloads")
        self.add(QgsProcessingParameterFile(_FOLDER, folder, QgsProcessingParameterFile.Folder))
        file = tr("Project file (unless said, kyoten.toml in the folder)")
        filters = tr("Project file") + " (*.toml)"
        self.add(
            QgsProcessingParameterFileDestination(_OUTPUT, file, filters, optional=True, createByDefault=False)
        )
        self.add(QgsProcessingParameterBoolean(_FORCE, tr("Write over a file that is there"), False))
        self.add(report())
        self.addOutput(QgsProcessingOutputFile(_PROJECT_FILE, tr("Project file that was written")))
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        folder = self.parameterAsFile(parameters, _FOLDER, context)
        file = self.parameterAsFileOutput(parameters, _OUTPUT, context)
        arguments = [folder, *(["--out", file] if file else [])]
        if self.parameterAsBool(parameters, _FORCE, context):
            arguments.append("--force")
        outcome = self.call(arguments, feedback)
        written = file or f"{folder}/{FILE_NAME}"
        report_written = self.report(parameters, context, outcome.said)
        return {_PROJECT_FILE: written, STATUS: outcome.status, **report_written}
