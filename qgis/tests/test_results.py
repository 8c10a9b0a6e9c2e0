"""Results stand as in the project that the program wrote: in groups by zone, with its styles."""

from __future__ import annotations

import unittest

from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsLayerTreeGroup,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProject,
)
from qgis.PyQt.QtCore import QEventLoop, QTimer
from support import Case, Heard, run

#: The statuses in the order of the program's styles.
_STATUSES = ["eligible", "prospective", "undetermined", "ineligible"]
#: A run that takes longer than so many milliseconds will not come to an end.
_PATIENCE = 300_000


def values(layer: object) -> list[str]:
    """The values of a layer's categories."""
    renderer = layer.renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer), renderer
    return [category.value() for category in renderer.categories()]


class Results(Case):
    def setUp(self) -> None:
        super().setUp()
        self.project = QgsProject()

    def group(self, **parameters: object) -> QgsLayerTreeGroup:
        """The group of a run with all that was added to the project."""
        out = str(self.folder / "out")
        parameters = {"PROJECT": str(self.city / "kyoten.toml"), "OUTPUT": out, **parameters}
        _, is_done, heard = run("run", parameters, project=self.project)
        self.assertTrue(is_done, heard.errors)
        [group] = self.project.layerTreeRoot().children()
        return group

    def test_each_zone_has_its_parcels_and_candidates_with_their_styles(self) -> None:
        run_group = self.group()
        self.assertEqual("架空市 (out)", run_group.name())
        *zones, criteria = [child for child in run_group.children() if isinstance(child, QgsLayerTreeGroup)]
        ids = ["central", "local", "senior", "senior_site"]
        self.assertEqual(len(ids), len(zones))
        self.assertEqual(["central hub zone", "local hub zone"], [group.name() for group in zones[:2]])
        self.assertFalse(criteria.itemVisibilityChecked())
        for zone, group in zip(ids, zones):
            layers = [node.layer() for node in group.findLayers()]
            *candidates, parcels = layers
            self.assertEqual(zone, parcels.renderer().classAttribute())
            self.assertEqual(_STATUSES, values(parcels))
            self.assertEqual(0 if zone == "senior_site" else 1, len(candidates))
            for layer in candidates:
                self.assertEqual({zone}, {feature["zone"] for feature in layer.getFeatures()})
                self.assertEqual(_STATUSES[:3], values(layer))
        self.assertEqual([True, False, False, False], [group.itemVisibilityChecked() for group in zones])

    def test_columns_have_the_programs_titles(self) -> None:
        parcels = next(node.layer() for node in self.group().findLayers() if "parcels.gpkg" in node.layer().source())
        field = parcels.fields().lookupField("area_m2")
        self.assertNotEqual("area_m2", parcels.attributeDisplayName(field))

    def test_what_is_the_same_for_all_zones_stands_once(self) -> None:
        layers = [node.layer() for node in self.group().findLayers()]
        for name in ("stops", "facilities", "places"):
            # One layer a form of stops, and one a criterion of places.
            found = [layer for layer in layers if f"/{name}.geojson" in layer.source()]
            self.assertEqual(len({layer.source() for layer in found}), len(found), name)
            self.assertTrue(found, name)
            self.assertGreater(len(values(found[0])), 1)

    def test_without_a_geopackage_there_is_the_style_beside_the_file(self) -> None:
        layers = [node.layer() for node in self.group(FORMATS=["geojson"]).findLayers()]
        [parcels] = [layer for layer in layers if "/parcels.geojson" in layer.source()]
        self.assertEqual(("central", _STATUSES), (parcels.renderer().classAttribute(), values(parcels)))

    def test_of_a_run_of_tables_there_is_what_can_be_shown(self) -> None:
        layers = [node.layer() for node in self.group(FORMATS=["csv"]).findLayers()]
        self.assertIn("zones", [layer.name() for layer in layers])

    def test_a_run_in_the_background_ends_in_the_project(self) -> None:
        parameters = {"PROJECT": str(self.city), "OUTPUT": str(self.folder / "out")}
        context, heard = QgsProcessingContext(), Heard()
        context.setProject(self.project)
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("kyoten:run")
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, heard)
        loop, done = QEventLoop(), []
        task.executed.connect(lambda is_done, results: (done.append((is_done, results)), loop.quit()))
        QTimer.singleShot(_PATIENCE, loop.quit)
        QgsApplication.taskManager().addTask(task)
        loop.exec()
        self.assertEqual([(True, 0)], [(is_done, results.get("STATUS")) for is_done, results in done], heard.errors)
        self.assertEqual("架空市 (out)", self.project.layerTreeRoot().children()[0].name())

    def test_nothing_is_added_where_that_is_not_wanted(self) -> None:
        out = str(self.folder / "out")
        run("run", {"PROJECT": str(self.city), "OUTPUT": out, "LOAD": False}, project=self.project)
        self.assertEqual([], self.project.layerTreeRoot().children())


if __name__ == "__main__":
    unittest.main()
