"""Which layers was an algorithm given, and where does the program find each?

What belongs to QGIS is asked for in its main thread (`Input.of`); what takes long is written in the thread of the
algorithm (`Input.placed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from ..strings import tr
from .copies import write_copy
from .source import Copy, File, source_of


@dataclass(frozen=True)
class Input:
    """A layer that was given: its name in QGIS, its features, and how the program comes to them."""

    name: str
    features: QgsProcessingFeatureSource
    source: File | Copy
    transforms: QgsCoordinateTransformContext

    @classmethod
    def of(
        cls,
        algorithm: QgsProcessingAlgorithm,
        parameters: dict,
        parameter: str,
        context: QgsProcessingContext,
        forbidden: Path | None = None,
    ) -> Input | None:
        """The layer of a parameter; `None` where none was given."""
        if not parameters.get(parameter):
            return None
        layer = _layer(algorithm, parameters, parameter, context)
        features = algorithm.parameterAsSource(parameters, parameter, context)
        if layer is None or features is None:
            reason = tr("{parameter}: there is no such layer, or it cannot be read: {value}")
            raise QgsProcessingException(reason.format(parameter=parameter, value=parameters[parameter]))
        source = source_of(layer, _only_selected(parameters[parameter]), forbidden)
        return cls(layer.name(), features, source, context.transformContext())

    def placed(self, copy: Path, feedback: QgsProcessingFeedback) -> File:
        """Where the program finds it; `copy` is written where it has to be."""
        if isinstance(self.source, File):
            return self.source
        return self._copied(copy, self.source.why, feedback)

    def as_file(self, copy: Path, feedback: QgsProcessingFeedback) -> str:
        """The same for options that take a file and nothing more: the path of one that holds this layer alone."""
        if isinstance(self.source, File):
            if not self.source.layer and not self.source.crs:
                return self.source.path
            return self._copied(copy, tr("it is one of several in its file"), feedback).path
        return self._copied(copy, self.source.why, feedback).path

    def _copied(self, copy: Path, why: str, feedback: QgsProcessingFeedback) -> File:
        told = tr("Copying the layer “{name}” to {copy}: {why}.")
        feedback.pushInfo(told.format(name=self.name, copy=copy.name, why=why))
        copy.parent.mkdir(exist_ok=True)
        write_copy(self.features, copy, self.transforms, feedback)
        return File(str(copy))


def _layer(
    algorithm: QgsProcessingAlgorithm, parameters: dict, parameter: str, context: QgsProcessingContext
) -> QgsVectorLayer | None:
    """The layer of a parameter, of which a part may be meant."""
    value = parameters[parameter]
    if not isinstance(value, QgsProcessingFeatureSourceDefinition):
        return algorithm.parameterAsVectorLayer(parameters, parameter, context)
    # QGIS 3.22 looks for the layer of such a value only where features are asked for.
    name, _ = value.source.valueAsString(context.expressionContext())
    found = QgsProcessingUtils.mapLayerFromString(name, context)
    return found if isinstance(found, QgsVectorLayer) else None


def _only_selected(value: object) -> bool:
    """Whether a part of a layer is meant; any limit counts as one."""
    if not isinstance(value, QgsProcessingFeatureSourceDefinition):
        return False
    # Filters of a parameter came with QGIS 3.32.
    return value.selectedFeaturesOnly or value.featureLimit > 0 or bool(getattr(value, "filterExpression", ""))
