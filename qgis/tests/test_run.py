"""A run in QGIS gives the files of the command line, byte for byte, of a project file and of layers."""

from __future__ import annotations

import html
import os
import subprocess
import unittest
from pathlib import Path

from qgis.core import (
    QgsFeature,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    edit,
)
from support import Case, Heard, memory_copy, opened, run, speak

from kyoten_qgis import settings

#: What differs between equal runs: seconds.
_TIMES = ("times.json",)


class Run(Case):
    def setUp(self) -> None:
        super().setUp()
        self.out = self.folder / "out"
        self.addCleanup(QgsProject.instance().clear)

    def run_of(self, **parameters: object) -> Heard:
        """Runs, and asserts that it was done."""
        _, is_done, heard = run("run", {"OUTPUT": str(self.out), "LOAD": False, **parameters})
        self.assertTrue(is_done, heard.errors)
        return heard

    def command_line(self, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """The same for a reader of QGIS's language, in which the project beside the parcels is."""
        language = () if "--lang" in arguments else ("--lang", settings.spoken())
        return super().command_line(*arguments, *language, folder=folder)

    def test_the_stages_of_a_run_are_told_in_the_readers_language(self) -> None:
        speak("ja")
        heard = self.run_of(PROJECT=str(self.city))
        self.assertEqual(["読み込み", "準備", "判定", "候補区域", "書き出し"], heard.stages)
        self.assertEqual(95, heard.progress())
        self.assertEqual([], [line for line in heard.warned if "progress" in line])

    def statuses(self, folder: Path) -> list[tuple]:
        """Of each parcel its id and its statuses."""
        parcels = opened(folder / "parcels.gpkg", layer="parcels")
        names = ("kyoten_id", "central", "local", "senior", "senior_site")
        return [tuple(str(feature[name]) for name in names) for feature in parcels.getFeatures()]

    def layers(self) -> dict[str, object]:
        """Layers of the sample as parameters."""
        return {
            "PARCELS": str(self.city / "parcels.geojson"),
            "PARCELS_ID": "chiban",
            "STATIONS": str(self.city / "N02-20_Station.geojson"),
            "STOPS": str(self.city / "P11-22_22.geojson"),
            "DID": str(self.city / "A16-20_22_DID.geojson"),
            "URBAN_ZONE": str(self.city / "市街化区域.shp"),
            "INDUCTION_AREA": str(self.city / "A50-20_22999.geojson"),
            "GTFS": [str(self.city / "kakuu_bus_gtfs_jp.zip"), str(self.city / "kakuu_city_gtfs_jp.zip")],
            "EXPECTED_DID": str(self.city / "future_did.geojson"),
            "EXPECTED_NOTE": "2030年の国勢調査",
            "NAME": "架空市",
            "MUNICIPALITY": "22999",
            "LAYER_LINES": 'did.where = { A16_002 = "22999" }\ncensus = ["../city/tblT001101H5238.txt"]',
            "FURTHER_LINES": "[thresholds]\nmin_peak_trips = 2",
        }

    def test_a_project_file_gives_the_files_of_the_command_line(self) -> None:
        self.run_of(PROJECT=str(self.city / "kyoten.toml"), FORMATS=["gpkg", "geojson", "csv", "fgb", "parquet", "xlsx", "ndjson"])
        formats = "gpkg,geojson,csv,fgb,parquet,xlsx,ndjson"
        done = self.command_line("run", str(self.city / "kyoten.toml"), "--out", "direct", "--format", formats)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assert_same_files(self.out, self.folder / "direct", but=_TIMES)

    def test_some_of_the_parcels_have_the_answers_that_they_have_among_all(self) -> None:
        file = str(self.city / "kyoten.toml")
        parcels = opened(self.city / "parcels.geojson")
        corner = parcels.extent()
        corner.scale(0.8)
        extent = f"{corner.xMinimum()},{corner.xMaximum()},{corner.yMinimum()},{corner.yMaximum()} [EPSG:6668]"
        self.run_of(PROJECT=file, EXTENT=extent, WHERE="chimoku = 宅地", FORMATS=["csv"], HEADERS=1, ONE_FILE=True)
        box = ",".join(
            f"{one:.9f}" for one in (corner.xMinimum(), corner.yMinimum(), corner.xMaximum(), corner.yMaximum())
        )
        some = ("--bbox", box, "--where", "chimoku = 宅地", "--headers", "ja", "--one-file")
        done = self.command_line("run", file, "--out", "direct", "--format", "csv", *some)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assert_same_files(self.out, self.folder / "direct", but=_TIMES)
        self.assertIn("中心拠点区域", (self.out / "parcels.csv").read_text("utf-8-sig").split("\n")[0])

    def test_what_other_counts_would_change_is_told_where_it_is_asked_for(self) -> None:
        file = str(self.city / "kyoten.toml")
        self.run_of(PROJECT=file, PEAK_VARIANTS=True, MAP=False)
        done = self.command_line("run", file, "--out", "direct", "--format", "gpkg", "--no-map", "--peak-variants")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assert_same_files(self.out, self.folder / "direct", but=_TIMES)

    def test_the_report_is_what_the_command_line_prints(self) -> None:
        speak("ja")
        report = self.folder / "report.html"
        file = str(self.city / "kyoten.toml")
        self.run_of(PROJECT=file, REPORT=str(report))
        printed = self.command_line("run", file, "--out", str(self.out), "--format", "gpkg", "--lang", "ja").stdout
        self.assertIn(html.escape(printed), report.read_text("utf-8"))

    def test_a_folder_can_stand_for_its_project_file_and_values_be_set(self) -> None:
        setting = "station_radius_m=800\nstop_radius_m = 300\n"
        self.run_of(PROJECT=str(self.city), SET=setting, MAP=False)
        set_values = ("--set", "station_radius_m=800", "--set", "stop_radius_m = 300")
        arguments = ("--out", "direct", "--format", "gpkg", "--no-map", *set_values)
        self.command_line("run", str(self.city), *arguments)
        self.assert_same_files(self.out, self.folder / "direct", but=_TIMES)

    def test_layers_give_a_project_file_that_gives_the_same_without_qgis(self) -> None:
        heard = self.run_of(**self.layers())
        written = (self.out / "kyoten.toml").read_text("utf-8")
        self.assertIn('parcels.path = "../city/parcels.geojson"', written)
        self.assertIn('parcels.id = "chiban"', written)
        self.assertNotIn(str(self.folder), written)
        self.assertFalse((self.out / "inputs").exists())
        self.assertTrue(any("kyoten run" in line for line in heard.said))
        again = self.command_line("run", "kyoten.toml", "--out", "../direct", "--format", "gpkg", folder=self.out)
        self.assertEqual(0, again.returncode, again.stderr)
        self.assert_same_files(self.out, self.folder / "direct", but=(*_TIMES, "kyoten.toml"))

    def test_layers_and_the_same_project_file_by_hand_agree(self) -> None:
        self.run_of(**self.layers())
        by_hand = """
            name = "架空市"
            municipality = "22999"
            [layers]
            parcels = { path = "city/parcels.geojson", id = "chiban" }
            stations = "city/N02-20_Station.geojson"
            stops = "city/P11-22_22.geojson"
            did = { path = "city/A16-20_22_DID.geojson", where = { A16_002 = "22999" } }
            urban_zone = "city/市街化区域.shp"
            induction_area = "city/A50-20_22999.geojson"
            gtfs = ["city/kakuu_bus_gtfs_jp.zip", "city/kakuu_city_gtfs_jp.zip"]
            census = ["city/tblT001101H5238.txt"]
            [prospective]
            did = { path = "city/future_did.geojson", note = "2030年の国勢調査" }
            [thresholds]
            min_peak_trips = 2
        """
        (self.folder / "kyoten.toml").write_text(by_hand, "utf-8")
        done = self.command_line("run", "kyoten.toml", "--out", "direct", "--format", "gpkg")
        self.assertEqual(0, done.returncode, done.stderr)
        # The record tells the paths of the inputs, which are seen from another folder.
        self.assert_same_files(self.out, self.folder / "direct", but=(*_TIMES, "kyoten.toml", "run.json"))

    def test_a_layer_in_memory_a_geopackage_and_the_file_give_the_same_verdicts(self) -> None:
        parcels = opened(self.city / "parcels.geojson")
        package = self.folder / "own.gpkg"
        self.write_package(parcels, package)
        in_memory = memory_copy(parcels, "筆（メモリー）")
        QgsProject.instance().addMapLayer(in_memory)
        found = {}
        for name, layer in (("file", parcels.source()), ("package", str(package)), ("memory", in_memory.id())):
            self.out = self.folder / name
            self.run_of(**{**self.layers(), "PARCELS": layer})
            found[name] = self.statuses(self.out)
        self.assertGreater(len({row[1:] for row in found["file"]}), 5)
        self.assertEqual(found["file"], found["memory"])
        self.assertEqual(found["file"], found["package"])
        written = (self.folder / "memory" / "kyoten.toml").read_text("utf-8")
        self.assertIn("筆（メモリー）", written)
        self.assertIn('parcels.path = "inputs/parcels.gpkg"', written)
        self.assertFalse((self.folder / "package" / "inputs").exists())

    def write_package(self, layer: QgsVectorLayer, file: Path) -> None:
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.layerName = "parcels"
        context = QgsProject.instance().transformContext()
        error, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(file), context, options)
        self.assertEqual(QgsVectorFileWriter.NoError, error)

    def test_the_copy_of_a_layer_in_memory_repeats_the_run_without_qgis(self) -> None:
        in_memory = memory_copy(opened(self.city / "parcels.geojson"))
        QgsProject.instance().addMapLayer(in_memory)
        self.run_of(**{**self.layers(), "PARCELS": in_memory.id()})
        again = self.command_line("run", "kyoten.toml", "--out", "../direct", "--format", "gpkg", folder=self.out)
        self.assertEqual(0, again.returncode, again.stderr)
        self.assert_same_files(self.out, self.folder / "direct", but=(*_TIMES, "kyoten.toml"))

    def test_a_filter_and_a_selection_are_heeded(self) -> None:
        parcels = opened(self.city / "parcels.geojson")
        QgsProject.instance().addMapLayer(parcels)
        some = "\"chiban\" LIKE '1%'"
        parcels.selectByExpression(some)
        selected = parcels.selectedFeatureCount()
        self.assertTrue(0 < selected < parcels.featureCount())
        self.run_of(**{**self.layers(), "PARCELS": QgsProcessingFeatureSourceDefinition(parcels.id(), True)})
        by_selection = self.statuses(self.out)
        parcels.removeSelection()
        parcels.setSubsetString(some)
        self.out = self.folder / "filtered"
        self.run_of(**{**self.layers(), "PARCELS": parcels.id()})
        self.assertEqual(selected, len(by_selection))
        self.assertEqual(by_selection, self.statuses(self.out))

    def test_edits_that_are_not_saved_count(self) -> None:
        parcels = opened(self.city / "parcels.geojson")
        QgsProject.instance().addMapLayer(parcels)
        count = parcels.featureCount()
        parcels.startEditing()
        parcels.deleteFeature(next(parcels.getFeatures()).id())
        self.run_of(**{**self.layers(), "PARCELS": parcels.id()})
        parcels.rollBack()
        self.assertEqual(count - 1, len(self.statuses(self.out)))

    def test_a_layer_with_the_same_fid_twice_is_copied(self) -> None:
        layer = QgsVectorLayer("Polygon?crs=EPSG:6676&field=fid:integer&field=chiban:string", "merged", "memory")
        source = opened(self.city / "parcels.geojson")
        with edit(layer):
            for feature in list(source.getFeatures())[:5]:
                copied = QgsFeature(layer.fields())
                copied.setAttributes([1, feature["chiban"]])
                copied.setGeometry(feature.geometry())
                layer.addFeature(copied)
        layer.setCrs(source.crs())
        QgsProject.instance().addMapLayer(layer)
        self.run_of(PARCELS=layer.id(), PARCELS_ID="chiban")
        self.assertEqual(5, len(self.statuses(self.out)))

    def test_the_system_that_the_user_chose_goes_before_that_of_the_file(self) -> None:
        parcels = opened(self.city / "parcels.geojson")
        parcels.setCrs(type(parcels.crs())("EPSG:4612"))
        QgsProject.instance().addMapLayer(parcels)
        self.run_of(**{**self.layers(), "PARCELS": parcels.id()})
        self.assertIn('parcels.crs = "EPSG:4612"', (self.out / "kyoten.toml").read_text("utf-8"))

    def test_a_second_run_replaces_the_first_also_of_its_own_copies(self) -> None:
        in_memory = memory_copy(opened(self.city / "parcels.geojson"))
        QgsProject.instance().addMapLayer(in_memory)
        self.run_of(**{**self.layers(), "PARCELS": in_memory.id()})
        first = self.statuses(self.out)
        # The copy of the first run is what the second one is given.
        copy = str(self.out / "inputs" / "parcels.gpkg")
        self.run_of(**{**self.layers(), "PARCELS": copy})
        self.assertEqual(first, self.statuses(self.out))
        self.assertTrue((self.out / "inputs" / "parcels.gpkg").is_file())
        self.assertEqual([], [name for name in os.listdir(self.folder) if name.startswith(".")])

    def test_a_project_file_by_hand_is_never_written_over(self) -> None:
        _, is_done, heard = run("run", {**self.layers(), "OUTPUT": str(self.city), "LOAD": False})
        self.assertFalse(is_done)
        self.assertTrue(any("kyoten.toml" in error for error in heard.errors), heard.errors)
        original = Path(__file__).resolve().parents[2] / "data" / "sample" / "kyoten.toml"
        self.assertEqual(original.read_bytes(), (self.city / "kyoten.toml").read_bytes())

    def test_the_program_speaks_the_language_that_is_set(self) -> None:
        for language, word in (("ja", "筆"), ("en", "parcels")):
            speak(language)
            heard = self.run_of(PROJECT=str(self.city / "kyoten.toml"))
            self.assertTrue(any(word in line for line in heard.said))


if __name__ == "__main__":
    unittest.main()
