"""`kyoten run`: the main job, of a project file or of layers of the project in QGIS."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..results.run_folder import add_run
from ..strings import tr
from ..study import toml
from ..study.inputs import Input
from ..study.layers import Layer, expected_layers, layers
from ..study.project_file import FILE_NAME, Entry, Settings, project_file, relative
from ..study.stage import COPIES, Stage
from .base import STATUS, KyotenAlgorithm
from .parameters import PROJECT, SET, given_files, load, project, report, set_arguments, set_values

_PARCELS = "PARCELS"
_ID = "PARCELS_ID"
_NAME = "NAME"
_MUNICIPALITY = "MUNICIPALITY"
_AREA_DIVISION = "AREA_DIVISION"
_PLANNED_KIND = "PLANNED_KIND"
_RULES = "RULES"
_TIMETABLES = "GTFS"
_NOTE = "EXPECTED_NOTE"
_LAYER_LINES = "LAYER_LINES"
_FURTHER_LINES = "FURTHER_LINES"
_FORMATS = "FORMATS"
_HEADERS = "HEADERS"
_EXTENT = "EXTENT"
_WHERE = "WHERE"
_PEAK_VARIANTS = "PEAK_VARIANTS"
_MAP = "MAP"
_ONE_FILE = "ONE_FILE"
_OUTPUT = "OUTPUT"

#: Keys of the top level that are texts, and their parameters.
_TEXTS = {"municipality": _MUNICIPALITY, "planned_kind": _PLANNED_KIND, "rules": _RULES}
#: The formats of parcels; the first is the one that has a style for each zone in it. Arrow's stream is for pipes.
_ALL_FORMATS = ["gpkg", "geojson", "fgb", "parquet", "csv", "xlsx", "ndjson"]
#: The languages of the headers of a CSV; the first: the names of the columns.
_HEADER_LANGUAGES = ["", "ja", "en"]
#: The system of the box of longitude and latitude: that of the files of a run.
_LON_LAT = "EPSG:6668"

#: How far a run is, in hundredths, when its layers are written and when the program is done.
_PLACED, _RAN = 20, 95


def _expected(layer: Layer) -> str:
    return f"EXPECTED_{layer.parameter}"


class Run(KyotenAlgorithm):
    """Measures every parcel, judges it, and adds the results to the project."""

    command = "run"

    def title(self) -> str:
        return tr("Judge parcels (run)")

    def help(self) -> str:
        return tr(
            "Says for every parcel whether it can lie in a central, local or senior hub zone, how sure that is, and "
            "why.\n\n"
            "Either give a project file kyoten.toml (or the folder that it lies in), or leave that empty and choose "
            "layers of the project: the parcels must be there, what is not given counts as unknown. Layers in "
            "memory, with a filter, with selected features only or from a database are copied into the folder of the "
            "results; files are read where they lie.\n\n"
            "Of layers, a kyoten.toml is written into the folder of the results, with relative paths, so that the "
            "run can be repeated without QGIS: kyoten run kyoten.toml. Fields that mean something (id, peak service, "
            "kinds of facilities, classes of public land) are found by their usual names; say others under “Further "
            "keys of layers”, a line of TOML each, such as stations.peak_trips = 6 or facilities.kind = \"区分\". "
            "stations = [] says that the city has none.\n\n"
            "The results are added in a group for each zone: the parcels in the colours of their status, candidate "
            "zones, and what decides them. map.html in the folder is the same as a page with the reasons for every "
            "parcel."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        self.add(project(tr("Project file kyoten.toml (or choose layers below)"), optional=True))
        for layer in layers():
            self.add(_layer_parameter(layer.parameter, layer), advanced=not layer.is_common)
            if layer.parameter == _PARCELS:
                name = tr("Field with the parcels' ids")
                self.add(QgsProcessingParameterField(_ID, name, parentLayerParameterName=_PARCELS, optional=True))
        self.add(
            QgsProcessingParameterMultipleLayers(
                _TIMETABLES, tr("Timetables (GTFS zips)"), QgsProcessing.TypeFile, optional=True
            )
        )
        self._add_settings()
        self.add(set_values(), advanced=True)
        extent = tr("Only the parcels that reach into this extent (judged as among all)")
        self.add(QgsProcessingParameterExtent(_EXTENT, extent, optional=True), advanced=True)
        where = tr("Only the parcels whose own fields fit, such as area >= 300 (judged as among all)")
        self.add(QgsProcessingParameterString(_WHERE, where, optional=True), advanced=True)
        variants = tr("Also say what other rules of counting timetables would change")
        self.add(QgsProcessingParameterBoolean(_PEAK_VARIANTS, variants, False), advanced=True)
        formats = tr("Formats of the parcels (only GeoPackage has the style of every zone)")
        self.add(
            QgsProcessingParameterEnum(
                _FORMATS, formats, _ALL_FORMATS, True, _ALL_FORMATS[:1], usesStaticStrings=True
            ),
            advanced=True,
        )
        headers = [tr("Names of the columns"), tr("Japanese"), tr("English")]
        self.add(
            QgsProcessingParameterEnum(_HEADERS, tr("Headers of the CSV"), headers, False, 0), advanced=True
        )
        self.add(QgsProcessingParameterBoolean(_MAP, tr("Write the page map.html"), True), advanced=True)
        whole = tr("All of the page in map.html, also where it is large (to be mailed)")
        self.add(QgsProcessingParameterBoolean(_ONE_FILE, whole, False), advanced=True)
        self.add(load())
        self.add(QgsProcessingParameterFolderDestination(_OUTPUT, tr("Folder of the results")))
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def _add_settings(self) -> None:
        """What is said besides layers."""
        name = tr("Name of the study")
        self.add(QgsProcessingParameterString(_NAME, name, optional=True))
        code = tr("Code of the municipality (five or six digits)")
        self.add(QgsProcessingParameterString(_MUNICIPALITY, code, optional=True))
        division = [tr("Area division: not said"), tr("Area division is drawn"), tr("No area division is drawn")]
        self.add(QgsProcessingParameterEnum(_AREA_DIVISION, tr("Area division"), division, False, 0))
        kind = tr("Kind of the planned senior facility")
        self.add(QgsProcessingParameterString(_PLANNED_KIND, kind, optional=True))
        rules = tr("Rules: saikochiku (unless said), saihenshu, walkable, handbook, or a file of rules")
        self.add(QgsProcessingParameterString(_RULES, rules, optional=True), advanced=True)
        for layer in expected_layers():
            self.add(_layer_parameter(_expected(layer), layer), advanced=True)
        note = tr("Where the expectations come from (asked for with them)")
        self.add(QgsProcessingParameterString(_NOTE, note, optional=True), advanced=True)
        lines = tr("Further keys of layers, a line of TOML each")
        self.add(QgsProcessingParameterString(_LAYER_LINES, lines, multiLine=True, optional=True), advanced=True)
        further = tr("Further tables of kyoten.toml ([thresholds], [waive], …)")
        self.add(QgsProcessingParameterString(_FURTHER_LINES, further, multiLine=True, optional=True), advanced=True)

    def prepareAlgorithm(  # noqa: N802
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Asks QGIS for its layers, in the main thread."""
        goal = Path(self.parameterAsString(parameters, _OUTPUT, context)).resolve()

        def given(parameter: str) -> Input | None:
            return Input.of(self, parameters, parameter, context, forbidden=goal)

        self._given = [(layer.key, one) for layer in layers() if (one := given(layer.parameter))]
        self._expected = [(layer.key, one) for layer in expected_layers() if (one := given(_expected(layer)))]
        project_given = bool(self.parameterAsString(parameters, PROJECT, context))
        lon_lat = QgsCoordinateReferenceSystem(_LON_LAT)
        box = self.parameterAsExtent(parameters, _EXTENT, context, lon_lat)
        self._box = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()] if not box.isNull() else []
        has_parcels = bool(self._given) and self._given[0][0] == "parcels"
        if project_given and (self._given or self._expected):
            raise QgsProcessingException(tr("Give either a project file or layers, not both."))
        if not project_given and not has_parcels:
            raise QgsProcessingException(tr("Give a project file, or choose the layer of the parcels."))
        return True

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        self._goal = Path(self.parameterAsString(parameters, _OUTPUT, context))
        arguments = self._arguments(parameters, context)
        file = self.parameterAsString(parameters, PROJECT, context)
        if file:
            outcome = self.call([file, *arguments], feedback, bar=(0, _RAN))
        else:
            with Stage(self._goal) as stage:
                self._write_study(stage, parameters, context, feedback)
                feedback.setProgress(_PLACED)
                outcome = self.call([FILE_NAME, *arguments], feedback, stage.folder, bar=(_PLACED, _RAN))
                stage.finish()
            repeat = tr("To repeat it without QGIS: kyoten run {file} --out DIR")
            feedback.pushInfo(repeat.format(file=self._goal / FILE_NAME))
        feedback.setProgress(_RAN)
        self.add_when_done(parameters, context, lambda filled: add_run(filled, self._goal))
        written = self.report(parameters, context, outcome.said)
        return {_OUTPUT: str(self._goal), STATUS: outcome.status, **written}

    def _arguments(self, parameters: dict, context: QgsProcessingContext) -> list[str]:
        formats = ",".join(self.parameterAsEnumStrings(parameters, _FORMATS, context))
        # The program is told the whole way, since it is called in another folder.
        arguments = ["--out", str(self._goal.resolve()), "--format", formats or _ALL_FORMATS[0]]
        if not self.parameterAsBool(parameters, _MAP, context):
            arguments.append("--no-map")
        elif self.parameterAsBool(parameters, _ONE_FILE, context):
            arguments.append("--one-file")
        headers = _HEADER_LANGUAGES[self.parameterAsEnum(parameters, _HEADERS, context)]
        if headers:
            arguments += ["--headers", headers]
        if self._box:
            arguments.append("--bbox=" + ",".join(f"{degrees:.9f}" for degrees in self._box))
        where = self.parameterAsString(parameters, _WHERE, context).strip()
        if where:
            arguments += ["--where", where]
        if self.parameterAsBool(parameters, _PEAK_VARIANTS, context):
            arguments.append("--peak-variants")
        return arguments + set_arguments(self.parameterAsString(parameters, SET, context))

    def _write_study(
        self, stage: Stage, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Copies what has to be copied, and writes the project file."""

        def said(parameter: str) -> str:
            return self.parameterAsString(parameters, parameter, context).strip()

        def entry(key: str, given: Input, name: str, further: dict[str, str]) -> Entry:
            file = given.placed(stage.folder / COPIES / f"{name}.gpkg", feedback)
            # What was copied will lie in the goal.
            return Entry(key, given, stage.moved(file), further)

        identity = {"id": toml.text(said(_ID))} if said(_ID) else {}
        found = [entry(key, given, key, identity if key == "parcels" else {}) for key, given in self._given]
        note = {"note": toml.text(said(_NOTE))} if said(_NOTE) else {}
        expected = [entry(key, given, f"expected_{key}", note) for key, given in self._expected]
        settings = Settings(
            self._keys(parameters, context),
            given_files(self, parameters, _TIMETABLES, context),
            said(_LAYER_LINES),
            said(_FURTHER_LINES),
        )
        (stage.folder / FILE_NAME).write_text(project_file(settings, found, expected, stage.goal), "utf-8")

    def _keys(self, parameters: dict, context: QgsProcessingContext) -> dict[str, str]:
        """The keys of the top level."""
        name = self.parameterAsString(parameters, _NAME, context).strip() or self._goal.name
        keys = {"name": toml.text(name)}
        for key, parameter in _TEXTS.items():
            value = self.parameterAsString(parameters, parameter, context).strip()
            if value:
                # Of the texts only rules can be a file.
                keys[key] = toml.text(relative(value, self._goal.resolve()) if Path(value).is_file() else value)
        division = self.parameterAsEnum(parameters, _AREA_DIVISION, context)
        if division:
            keys["area_division"] = ("", "true", "false")[division]
        return keys


def _layer_parameter(name: str, layer: Layer) -> QgsProcessingParameterFeatureSource:
    return QgsProcessingParameterFeatureSource(name, layer.title, [layer.kind], optional=True)
