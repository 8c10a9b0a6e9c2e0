"""Puts the program into the profile, out of a zip or a wheel on the disk."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFolder,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..program.checked import Refused
from ..program.install import install
from ..program.locate import profile_folder
from ..strings import tr
from .base import KyotenAlgorithm

_FILE = "FILE"
_DIGEST = "SHA256"
_FOLDER = "FOLDER"
_VERSION = "VERSION"


class Install(KyotenAlgorithm):
    """Installs the program for this profile, without a network and without rights of an administrator."""

    command = "install"

    def title(self) -> str:
        return tr("Install the program")

    def help(self) -> str:
        return tr(
            "Unpacks the program kyoten into the profile of QGIS, out of the zip for your system or the wheel (.whl) "
            "that you have on the disk. Nothing is downloaded, and no rights of an administrator are needed; an "
            "earlier version is replaced.\n\n"
            "The file is checked first: that it is whole, that nothing in it leads elsewhere, and that its program "
            "runs on this computer. If you know the SHA-256 of the file from where you got it, enter it to be sure "
            "that it is that file. To use a program that is elsewhere, name it under Settings › Options › Processing "
            "› Providers › kyoten."
        )

    def canExecute(self) -> tuple[bool, str]:  # noqa: N802
        """This one needs no program."""
        return True, ""

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        filters = tr("Zip or wheel") + " (*.zip *.whl)"
        file = QgsProcessingParameterFile.File
        self.add(QgsProcessingParameterFile(_FILE, tr("Zip or wheel (.whl) of kyoten"), file, fileFilter=filters))
        digest = tr("SHA-256 of the file, if you know it")
        self.add(QgsProcessingParameterString(_DIGEST, digest, optional=True))
        self.addOutput(QgsProcessingOutputFolder(_FOLDER, tr("Where the program is")))
        self.addOutput(QgsProcessingOutputString(_VERSION, tr("Version")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        file = Path(self.parameterAsFile(parameters, _FILE, context))
        digest = self.parameterAsString(parameters, _DIGEST, context)
        goal = profile_folder()
        try:
            version = install(file, digest, goal, feedback.isCanceled)
        except (Refused, OSError) as error:
            raise QgsProcessingException(str(error)) from error
        feedback.pushInfo(tr("Installed: {version}, in {folder}").format(version=version, folder=goal))
        return {_FOLDER: str(goal), _VERSION: version}
