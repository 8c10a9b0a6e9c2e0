"""Parameters that several algorithms have."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..strings import tr

PROJECT = "PROJECT"
SET = "SET"
LOAD = "LOAD"
REPORT = "REPORT"


def project(title: str, *, optional: bool = False) -> QgsProcessingParameterDefinition:
    """A `kyoten.toml`. A folder can be typed in its place, so that no ending is asked for."""
    return QgsProcessingParameterFile(
        PROJECT,
        title,
        QgsProcessingParameterFile.File,
        optional=optional,
        fileFilter=tr("Project file") + " (kyoten.toml *.toml);;" + tr("All files") + " (*)",
    )


def set_values() -> QgsProcessingParameterDefinition:
    """Other values for one run."""
    return QgsProcessingParameterString(
        SET, tr("Other values for this time, one KEY=VALUE a line"), multiLine=True, optional=True
    )


def set_arguments(lines: str) -> list[str]:
    """The same as arguments."""
    settings = (line.strip() for line in lines.splitlines())
    return [word for setting in settings if setting for word in ("--set", setting)]


def given_files(
    algorithm: QgsProcessingAlgorithm, parameters: dict, parameter: str, context: QgsProcessingContext
) -> list[str]:
    """The files of a parameter; none where QGIS gives one without a name for it."""
    return [file for file in algorithm.parameterAsFileList(parameters, parameter, context) if file]


def load() -> QgsProcessingParameterDefinition:
    """Whether results are added to the project."""
    return QgsProcessingParameterBoolean(LOAD, tr("Add the results to the project"), defaultValue=True)


def report() -> QgsProcessingParameterDefinition:
    """What the program says, as a page that QGIS shows among its results."""
    return QgsProcessingParameterFileDestination(REPORT, tr("Report"), tr("Page") + " (*.html)", optional=True)
