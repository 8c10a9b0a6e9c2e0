"""`kyoten inspect`: what files hold and how the program reads them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..strings import tr
from ..study.inputs import Input
from .base import STATUS, KyotenAlgorithm
from .parameters import given_files, report

_FILES = "FILES"
_LAYER = "LAYER"
_CRS = "CRS"
_ENCODING = "ENCODING"


class Inspect(KyotenAlgorithm):
    """Tells how files or a layer are read."""

    command = "inspect"

    def title(self) -> str:
        return tr("How files are read (inspect)")

    def help(self) -> str:
        return tr(
            "Says what files or a layer hold and how the program reads them: which layer of a study they are taken "
            "for, format, system of coordinates, text encoding, fields, and every problem with the features that "
            "have it.\n\n"
            "Zips can be chosen as they are; each layer in them is told."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        self.add(QgsProcessingParameterMultipleLayers(_FILES, tr("Files"), QgsProcessing.TypeFile, optional=True))
        layer = tr("Or a layer of the project")
        self.add(QgsProcessingParameterFeatureSource(_LAYER, layer, [QgsProcessing.TypeVector], optional=True))
        crs = tr("Read in this system of coordinates, whatever the file says")
        self.add(QgsProcessingParameterCrs(_CRS, crs, optional=True), advanced=True)
        encoding = tr("Read in this text encoding (such as cp932)")
        self.add(QgsProcessingParameterString(_ENCODING, encoding, optional=True), advanced=True)
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def prepareAlgorithm(  # noqa: N802
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        self._layer = Input.of(self, parameters, _LAYER, context)
        self._files = given_files(self, parameters, _FILES, context)
        if not self._layer and not self._files:
            raise QgsProcessingException(tr("Choose files or a layer."))
        return True

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        further: list[str] = []
        crs = self.parameterAsCrs(parameters, _CRS, context)
        if crs.isValid():
            further += ["--crs", crs.authid()]
        encoding = self.parameterAsString(parameters, _ENCODING, context)
        if encoding:
            further += ["--encoding", encoding]
        said: list[str] = []
        status = 0
        if self._files:
            outcome = self.call([*self._files, *further], feedback)
            said, status = [outcome.said], outcome.status
        if self._layer:
            with TemporaryDirectory() as place:
                file = self._layer.placed(Path(place) / "layer.gpkg", feedback)
                which = ["--layer", file.layer] if file.layer else []
                outcome = self.call([file.path, *which, *(further or _crs_of(file.crs))], feedback)
            said, status = [*said, outcome.said], max(status, outcome.status)
        return {STATUS: status, **self.report(parameters, context, "\n".join(said))}


def _crs_of(crs: str) -> list[str]:
    return ["--crs", crs] if crs else []
