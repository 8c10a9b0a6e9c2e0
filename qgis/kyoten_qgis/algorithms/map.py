"""`kyoten map`: a still map of a run on one sheet, or an atlas of its candidate zones."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..strings import tr
from .base import STATUS, KyotenAlgorithm

_RUN = "RUN"
_ZONE = "ZONE"
_ATLAS = "ATLAS"
_SIZE = "SIZE"
_PORTRAIT = "PORTRAIT"
_LABELS = "LABELS"
_SITES = "SITES"
_DPI = "DPI"
_OUTPUT = "OUTPUT"

#: Endings of what can be drawn, which are the program's options.
_DRAWN = ("pdf", "png", "svg")
_SIZES = ["A3", "A4", "A2", "A1"]
_LANGUAGES = ["both", "ja", "en"]


def _words() -> dict[str, tuple[str, str]]:
    """Words of one's own on the sheet: parameters, with the options of the program and what they are called."""
    return {
        "TITLE": ("--title", tr("Title (unless said, the name of the study and the zone)")),
        "SUBTITLE": ("--subtitle", tr("Line below the title")),
        "AUTHOR": ("--author", tr("Who made the map")),
        "DATE": ("--date", tr("Date, as it is to stand there")),
        "NOTE": ("--note", tr("Note for readers of the map")),
    }


class Map(KyotenAlgorithm):
    """Draws a run on paper."""

    command = "map"

    def title(self) -> str:
        return tr("Still map of a run (map)")

    def help(self) -> str:
        return tr(
            "Draws a zone of a finished run on one sheet, as PDF (vector, its text can be searched), PNG or SVG: the "
            "parcels by status, candidate zones, where each criterion holds, stations and stops, over what the project "
            "file names as backdrop; beside the map the legend, counts, criteria with their thresholds, and whose data "
            "it rests on. Nothing is measured anew.\n\n"
            "Sheets to be changed by hand are in the project kyoten.qgz beside the results, under Project › Layouts."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        folder = QgsProcessingParameterFile.Folder
        self.add(QgsProcessingParameterFile(_RUN, tr("Folder of results"), folder))
        zone = tr("Zone whose statuses are shown (central, local, …); the first unless said")
        self.add(QgsProcessingParameterString(_ZONE, zone, optional=True))
        for name, (_, title) in _words().items():
            self.add(QgsProcessingParameterString(name, title, optional=True))
        sizes = {"usesStaticStrings": True}
        self.add(QgsProcessingParameterEnum(_SIZE, tr("Size of the sheet"), _SIZES, False, _SIZES[0], **sizes))
        self.add(QgsProcessingParameterBoolean(_PORTRAIT, tr("Upright, with the words below the map"), False))
        labels = [tr("Japanese with smaller English"), tr("Japanese"), tr("English")]
        self.add(QgsProcessingParameterEnum(_LABELS, tr("Languages of what is drawn"), labels, False, 0))
        atlas = tr("A sheet for each candidate zone (PDF)")
        self.add(QgsProcessingParameterBoolean(_ATLAS, atlas, False), advanced=True)
        sites = tr("Show the sites that were added to the run")
        self.add(QgsProcessingParameterBoolean(_SITES, sites, True), advanced=True)
        dots = QgsProcessingParameterNumber(
            _DPI, tr("Dots an inch of a PNG"), defaultValue=200, minValue=72, maxValue=400
        )
        self.add(dots, advanced=True)
        kinds = ";;".join(f"{ending.upper()} (*.{ending})" for ending in _DRAWN)
        self.add(QgsProcessingParameterFileDestination(_OUTPUT, tr("Map"), kinds))
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        goal = self.parameterAsFileOutput(parameters, _OUTPUT, context)
        ending = Path(goal).suffix.lower().lstrip(".")
        if ending not in _DRAWN:
            raise QgsProcessingException(tr("A map is a file that ends in .pdf, .png or .svg."))

        def said(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        arguments = [said(_RUN), f"--{ending}", goal]
        arguments += ["--size", self.parameterAsEnumString(parameters, _SIZE, context)]
        arguments += ["--labels", _LANGUAGES[self.parameterAsEnum(parameters, _LABELS, context)]]
        if said(_ZONE):
            arguments += ["--zone", said(_ZONE)]
        # A text may begin with a hyphen.
        arguments += [f"{option}={said(name)}" for name, (option, _) in _words().items() if said(name)]
        if self.parameterAsBool(parameters, _PORTRAIT, context):
            arguments.append("--portrait")
        if self.parameterAsBool(parameters, _ATLAS, context):
            arguments += ["--atlas", "zones"]
        if not self.parameterAsBool(parameters, _SITES, context):
            arguments.append("--no-sites")
        if ending == "png":
            arguments += ["--dpi", str(self.parameterAsInt(parameters, _DPI, context))]
        outcome = self.call(arguments, feedback)
        return {_OUTPUT: goal, STATUS: outcome.status}
