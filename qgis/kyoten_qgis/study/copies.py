"""How are features that only QGIS knows written where the program can read them?"""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorFileWriter,
)

from ..program.call import Cancelled
from ..strings import tr

#: What a GeoPackage and QGIS call the column of ids of rows.
_ROW_ID = "fid"


def write_copy(
    source: QgsProcessingFeatureSource,
    file: Path,
    transforms: QgsCoordinateTransformContext,
    feedback: QgsProcessingFeedback,
) -> None:
    """Writes the features as a GeoPackage whose layer is named as the file, in their own system of coordinates.

    Shapes are written as they are: the program mends what it can, and says so. Raises `Cancelled`.
    """
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = file.stem
    if _repeats_ids(source):
        options.layerOptions = ["FID=row"]
    writer = QgsVectorFileWriter.create(
        str(file), source.fields(), source.wkbType(), source.sourceCrs(), transforms, options
    )
    _check(writer, file)
    features = source.getFeatures(QgsFeatureRequest(), QgsProcessingFeatureSource.FlagSkipGeometryValidityChecks)
    for feature in features:
        if feedback.isCanceled():
            del writer
            raise Cancelled
        writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        _check(writer, file)
    writer.flushBuffer()
    _check(writer, file)
    # The file is whole once its writer is gone.
    del writer


def _repeats_ids(source: QgsProcessingFeatureSource) -> bool:
    """Whether a column `fid` holds the same number twice, as merged layers do, so that it cannot number the rows."""
    index = source.fields().lookupField(_ROW_ID)
    return index >= 0 and len(source.uniqueValues(index)) < source.featureCount()


def _check(writer: QgsVectorFileWriter, file: Path) -> None:
    if writer.hasError() != QgsVectorFileWriter.NoError:
        raise QgsProcessingException(
            tr("{file}: cannot be written ({reason}).").format(file=file, reason=writer.errorMessage())
        )
