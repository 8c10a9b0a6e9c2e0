"""`kyoten peaks`: peak service of the stops of timetables, as points."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..strings import tr
from .base import STATUS, KyotenAlgorithm
from .parameters import given_files, report

_TIMETABLES = "GTFS"
_DATE = "DATE"
_STOP_GROUP = "STOP_GROUP"
_LEAST = "MIN"
_OUTPUT = "OUTPUT"

#: Columns besides one for each rule of counting.
_TEXTS = ("name", "stop_ids", "direction", "from", "until")
_NUMBERS = ("peak_trips",)


class Peaks(KyotenAlgorithm):
    """Counts departures at stops under every rule of counting."""

    command = "peaks"

    def title(self) -> str:
        return tr("Peak service of stops (peaks)")

    def help(self) -> str:
        return tr(
            "Counts for every stop of timetables (GTFS, GTFS-JP) the departures of its peak hour in one direction, "
            "under every rule of counting, and makes a layer of points of them. Unless a day is said, each "
            "timetable's representative weekday is counted."
        )

    def initAlgorithm(self, configuration: dict | None = None) -> None:  # noqa: N802
        files = QgsProcessing.TypeFile
        self.add(QgsProcessingParameterMultipleLayers(_TIMETABLES, tr("Timetables (GTFS zips)"), files))
        day = tr("Day that is counted (such as 2026-06-03)")
        self.add(QgsProcessingParameterString(_DATE, day, optional=True))
        double = QgsProcessingParameterNumber.Double
        group = tr("Poles of one name within so many metres are one stop")
        self.add(QgsProcessingParameterNumber(_STOP_GROUP, group, double, optional=True, minValue=0), advanced=True)
        least = tr("Departures an hour to reach (3 unless said)")
        self.add(QgsProcessingParameterNumber(_LEAST, least, double, optional=True, minValue=0), advanced=True)
        self.add(QgsProcessingParameterFeatureSink(_OUTPUT, tr("Peak service of stops"), QgsProcessing.TypeVectorPoint))
        self.add(report())
        self.addOutput(QgsProcessingOutputNumber(STATUS, tr("Exit status of the program")))

    def work(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        arguments = given_files(self, parameters, _TIMETABLES, context)
        day = self.parameterAsString(parameters, _DATE, context).strip()
        if day:
            arguments += ["--date", day]
        for name, option in ((_STOP_GROUP, "--stop-group"), (_LEAST, "--min")):
            if parameters.get(name) is not None:
                arguments += [option, str(self.parameterAsDouble(parameters, name, context))]
        text = self.call(arguments, feedback)
        feedback.setProgress(50)
        found = json.loads(self.call([*arguments, "--json"], feedback, is_shown=False).said)
        form = _form(found["stops"])
        sink, goal = self.parameterAsSink(parameters, _OUTPUT, context, form.fields(), form.wkbType(), form.crs())
        for feature in _features(found["stops"], form.fields()):
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        return {_OUTPUT: goal, STATUS: text.status, **self.report(parameters, context, text.said)}


def _rules(stops: list[dict]) -> list[str]:
    """The rules of counting that the stops tell of, in the program's order."""
    return list(dict.fromkeys(rule for stop in stops for rule in stop["variants"]))


def _form(stops: list[dict]) -> QgsVectorLayer:
    """An empty layer in the form of the result: points on JGD2011, in which the program tells where stops are.

    Types of fields are named by words here, since they are other enums in every version of Qt.
    """
    texts = [f"field={name}:string" for name in _TEXTS]
    numbers = [f"field={name}:double" for name in (*_NUMBERS, *_rules(stops))]
    return QgsVectorLayer("&".join(["Point?crs=EPSG:6668", *texts, *numbers]), "", "memory")


def _features(stops: list[dict], fields: QgsFields) -> Iterator[QgsFeature]:
    for stop in stops:
        feature = QgsFeature(fields)
        start, end = stop["window"] or (None, None)
        values = [stop["name"], ",".join(stop["stop_ids"]), stop["direction"], start, end, stop["peak_trips"]]
        feature.setAttributes([*values, *(stop["variants"].get(rule) for rule in _rules(stops))])
        if stop["lon"] is not None:
            feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(stop["lon"], stop["lat"])))
        yield feature
