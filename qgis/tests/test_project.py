"""The project beside a run's files opens in QGIS as it is: every layer is there, drawn and named for people, and every sheet prints."""

from __future__ import annotations

import json
import shutil
import unittest
import zipfile
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsLayerTreeGroup,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage
from support import Case

_STATUSES = {"eligible": "該当", "prospective": "見込み", "undetermined": "判定不能", "ineligible": "非該当"}
#: The colours that the program gives to statuses.
_COLOURS = [QColor(0, 114, 178), QColor(217, 217, 217)]


def shown_value(layer: QgsVectorLayer, column: str, value: object) -> str:
    """What an attribute table shows in the place of a value."""
    index = layer.fields().lookupField(column)
    setup = layer.editorWidgetSetup(index)
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
    return formatter.representValue(layer, index, setup.config(), None, value)


class Project(Case):
    def setUp(self) -> None:
        super().setUp()
        self.project = QgsProject.instance()
        self.addCleanup(self.project.clear)

    def opened(self, *arguments: str, moved: bool = True) -> Path:
        """The folder of a run of the city, its project opened; it was moved since, as folders are."""
        out = self.folder / "out"
        done = self.command_line("run", "city", "--out", str(out), *arguments)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        if moved:
            out = Path(shutil.move(out, self.folder / "moved"))
        self.read(out)
        return out

    def read(self, folder: Path) -> None:
        self.assertTrue(self.project.read(str(folder / "kyoten.qgz")), self.project.error())

    def layers(self) -> list[QgsVectorLayer]:
        return [node.layer() for node in self.project.layerTreeRoot().findLayers()]

    def layer(self, name: str) -> QgsVectorLayer:
        found = self.project.mapLayer(f"kyoten_{name}")
        self.assertIsNotNone(found, [layer.id() for layer in self.layers()])
        return found

    def assert_sound(self, folder: Path) -> None:
        """Every layer can be read, has what its file has, and reads from nowhere else."""
        layers = self.layers()
        self.assertEqual(len(self.project.mapLayers()), len(layers))
        for layer in layers:
            self.assertTrue(layer.isValid(), layer.source())
            path = Path(layer.source().split("|")[0])
            self.assertEqual(folder.resolve(), path.resolve().parent, layer.source())
            self.assertEqual("EPSG:6668", layer.crs().authid(), layer.source())
            self.assertGreater(layer.featureCount(), 0, layer.source())
        with zipfile.ZipFile(folder / "kyoten.qgz") as archive:
            self.assertEqual(["kyoten.qgs"], archive.namelist())
            self.assertNotIn(str(self.folder), archive.read("kyoten.qgs").decode("utf-8"))

    def rows(self, folder: Path, product: str, **wanted: str) -> int:
        features = json.loads((folder / f"{product}.geojson").read_text("utf-8"))["features"]
        return sum(all(one["properties"][key] == value for key, value in wanted.items()) for one in features)

    def drawn(self, layers: list[QgsVectorLayer]) -> QImage:
        settings = QgsMapSettings()
        settings.setLayers(layers)
        settings.setOutputSize(QSize(800, 600))
        settings.setDestinationCrs(self.project.crs())
        settings.setExtent(self.project.viewSettings().defaultViewExtent())
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        self.assertEqual([], job.errors())
        return job.renderedImage()

    def count(self, image: QImage, colour: QColor) -> int:
        return sum(
            image.pixelColor(x, y) == colour for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
        )

    def assert_prints(self, names: list[str]) -> None:
        sheets = self.project.layoutManager().printLayouts()
        self.assertEqual(names, [sheet.name() for sheet in sheets])
        for sheet in sheets:
            items = sheet.items()
            [page] = [item for item in items if isinstance(item, QgsLayoutItemMap)]
            self.assertEqual(self.project.crs(), page.crs())
            self.assertGreater(len(page.layersToRender()), 1)
            words = "\n".join(item.text() for item in items if isinstance(item, QgsLayoutItemLabel))
            self.assertIn("架空市", words)
            self.assertIn("判定の基準", words)
            pdf, png = self.folder / "sheet.pdf", self.folder / "sheet.png"
            exporter = QgsLayoutExporter(sheet)
            self.assertEqual(0, exporter.exportToPdf(str(pdf), QgsLayoutExporter.PdfExportSettings()))
            settings = QgsLayoutExporter.ImageExportSettings()
            settings.dpi = 60
            self.assertEqual(0, exporter.exportToImage(str(png), settings))
            self.assertTrue(pdf.read_bytes().startswith(b"%PDF"))
            image = QImage(str(png))
            self.assertAlmostEqual(420 / 297, image.width() / image.height(), 2)
            self.assertGreater(self.count(image, _COLOURS[1]) + self.count(image, _COLOURS[0]), 500)

    def test_every_zone_has_a_group_and_a_sheet(self) -> None:
        for name in ("gpkg", "fgb"):
            with self.subTest(name):
                folder = self.opened("--format", name, moved=name == "gpkg")
                self.assert_sound(folder)
                self.assertEqual(("架空市", "EPSG:6676"), (self.project.title(), self.project.crs().authid()))
                root = self.project.layerTreeRoot()
                groups = [node for node in root.children() if isinstance(node, QgsLayerTreeGroup)]
                zones = ["中心拠点区域", "生活拠点区域", "高齢者交流拠点区域", "高齢者交流拠点誘導施設の敷地"]
                self.assertEqual([*zones, "条件ごとの範囲"], [group.name() for group in groups])
                self.assertEqual([True] + [False] * (len(groups) - 1), [g.itemVisibilityChecked() for g in groups])
                parcels = self.layer("parcels_central")
                record = json.loads((folder / "run.json").read_text("utf-8"))
                self.assertEqual(record["parcels"]["count"], parcels.featureCount())
                for zone in ("central", "local", "senior"):
                    self.assertEqual(self.rows(folder, "zones", zone=zone), self.layer(f"zones_{zone}").featureCount())
                self.assert_prints([f"A3横 {zone}" for zone in zones])
                self.project.clear()

    def test_a_file_without_an_index_is_one_layer_with_a_style_for_each_zone(self) -> None:
        folder = self.opened()
        self.assert_sound(folder)
        parcels = [layer for layer in self.layers() if "parcels.geojson" in layer.source()]
        self.assertEqual(1, len(parcels))
        styles = parcels[0].styleManager()
        self.assertEqual("中心拠点区域", styles.currentStyle())
        self.assertEqual(set(self.project.mapThemeCollection().mapThemes()), set(styles.styles()))
        themes = self.project.mapThemeCollection()
        by = {}
        for theme in themes.mapThemes():
            styles.setOverrideStyle(themes.mapThemeStyleOverrides(theme)[parcels[0].id()])
            by[theme] = parcels[0].renderer().classAttribute()
            styles.restoreOverrideStyle()
        self.assertEqual(("central", "local"), (by["中心拠点区域"], by["生活拠点区域"]))
        self.assert_prints([sheet.name() for sheet in self.project.layoutManager().printLayouts()])

    def test_what_people_read_is_japanese(self) -> None:
        self.opened("--format", "gpkg")
        parcels = self.layer("parcels_central")
        for value, word in _STATUSES.items():
            self.assertEqual(word, shown_value(parcels, "central", value))
        self.assertEqual("満たす", shown_value(parcels, "central_zone_as_a_whole", "yes"))
        self.assertEqual("中心拠点区域", parcels.attributeDisplayName(parcels.fields().lookupField("central")))
        zones = self.layer("zones_central")
        self.assertEqual("中心拠点区域", shown_value(zones, "zone", "central"))
        self.assertEqual("満たさない", shown_value(zones, "meets_as_a_whole", "no"))
        self.assertEqual("鉄道駅", shown_value(self.layer("stops"), "kind", "rail"))
        self.assertEqual(list(_STATUSES.values()), [one.label() for one in parcels.renderer().categories()])

    def test_in_english_where_that_is_asked_for(self) -> None:
        self.opened("--format", "fgb", "--labels", "en")
        parcels = self.layer("parcels_central")
        self.assertEqual("eligible", shown_value(parcels, "central", "eligible"))
        self.assertEqual("area m²", parcels.attributeDisplayName(parcels.fields().lookupField("area_m2")))
        self.assertIn("central hub zone", [group.name().lower() for group in self.project.layerTreeRoot().findGroups()])

    def test_only_what_matters_is_drawn_at_first(self) -> None:
        self.opened("--format", "gpkg")
        shown = [layer.id() for layer in self.project.layerTreeRoot().checkedLayers()]
        self.assertIn("kyoten_parcels_central", shown)
        self.assertIn("kyoten_zones_central", shown)
        self.assertFalse([name for name in shown if "places" in name or "local" in name or "facilities" in name])
        stops = self.layer("stops").renderer().categories()
        self.assertEqual(
            {(one.value().endswith(" no"), one.renderState()) for one in stops} - {(True, False), (False, True)}, set()
        )
        image = self.drawn(self.project.layerTreeRoot().checkedLayers())
        for colour in _COLOURS:
            self.assertGreater(self.count(image, colour), 100)

    def test_what_lies_under_maps_is_drawn_below_all_else_with_its_credits(self) -> None:
        ring = [[138.405, 34.895], [138.415, 34.895], [138.415, 34.902], [138.405, 34.902], [138.405, 34.895]]
        lake = {"type": "Feature", "properties": {"natural": "water"}}
        lake["geometry"] = {"type": "Polygon", "coordinates": [ring]}
        (self.city / "lake.geojson").write_text(json.dumps(lake), "utf-8")
        file = self.city / "kyoten.toml"
        backdrop = '[layers]\nbackdrop = ["N03-23_22.geojson", "lake.geojson"]\n'
        file.write_text(file.read_text("utf-8").replace("[layers]\n", backdrop, 1), "utf-8")
        self.assert_sound(self.opened("--format", "gpkg"))
        group = self.project.layerTreeRoot().children()[-1]
        self.assertEqual(("背景", True), (group.name(), group.itemVisibilityChecked()))
        below = [node.layer() for node in group.children()]
        self.assertEqual(["行政界", "水面"], [layer.name() for layer in below])
        for layer in below:
            self.assertIn("国土数値情報（行政区域データ）", layer.metadata().rights()[0])
        everything = self.project.layerTreeRoot().checkedLayers()
        with_it, without = self.drawn(everything), self.drawn([one for one in everything if one not in below])
        water = QColor(217, 232, 241)
        self.assertGreater(self.count(with_it, water), 100)
        self.assertEqual(0, self.count(without, water))
        for colour in _COLOURS:
            self.assertEqual(self.count(without, colour), self.count(with_it, colour))
        sheets = self.project.layoutManager().printLayouts()
        for sheet in sheets:
            [legend] = [item for item in sheet.items() if isinstance(item, QgsLayoutItemLegend)]
            self.assertEqual("背景", legend.model().rootGroup().children()[-1].name())
            [page] = [item for item in sheet.items() if isinstance(item, QgsLayoutItemMap)]
            self.assertEqual(below, page.layersToRender()[-2:])
            credits = QgsExpression("array_to_string(map_credits('map'))").evaluate(page.createExpressionContext())
            self.assertIn("国土数値情報（行政区域データ）", credits)
        self.assert_prints([sheet.name() for sheet in sheets])

    def test_what_is_found_later_is_part_of_it(self) -> None:
        folder = self.opened("--format", "gpkg", "--set", "facility_spacing_m=100", moved=False)
        self.project.clear()
        for command in (["site", "city", "--merge"], ["survey", "city"]):
            done = self.command_line(*command, "--out", str(folder), "--set", "facility_spacing_m=100")
            self.assertIn("kyoten.qgz", done.stdout, done.stderr)
        self.read(folder)
        self.assert_sound(folder)
        for product in ("sites", "survey"):
            layer = self.layer(product)
            self.assertTrue(self.project.layerTreeRoot().findLayer(layer.id()).isVisible())
            for theme in self.project.mapThemeCollection().mapThemes():
                self.assertIn(layer, self.project.mapThemeCollection().mapThemeVisibleLayers(theme))
        self.assertEqual(self.rows(folder, "sites"), self.layer("sites").featureCount())
        self.assert_prints([sheet.name() for sheet in self.project.layoutManager().printLayouts()])

    def test_to_look_at_it_changes_no_file(self) -> None:
        folder = self.opened("--format", "gpkg,fgb")
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        self.drawn(self.layers())
        self.project.clear()
        self.assertEqual(before, {path.name: path.read_bytes() for path in folder.iterdir()})

    def test_a_project_that_somebody_saved_is_left_to_them(self) -> None:
        folder = self.opened("--format", "gpkg", moved=False)
        self.project.setTitle("私の地図")
        self.assertTrue(self.project.write())
        saved = (folder / "kyoten.qgz").read_bytes()
        done = self.command_line("survey", "city", "--out", str(folder))
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertTrue((folder / "survey.geojson").is_file())
        self.assertEqual(saved, (folder / "kyoten.qgz").read_bytes())


if __name__ == "__main__":
    unittest.main()
