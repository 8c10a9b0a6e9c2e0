"""The other commands say and write what the command line does."""

from __future__ import annotations

import html
import json
import re
import unittest
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from support import Case, memory_copy, opened, run, speak


class Commands(Case):
    def setUp(self) -> None:
        super().setUp()
        speak("ja")
        self.file = str(self.city / "kyoten.toml")
        self.report = str(self.folder / "report.html")
        self.addCleanup(QgsProject.instance().clear)

    def done(self, name: str, status: int = 0, **parameters: object) -> dict:
        """The results of an algorithm that ends with a status."""
        results, is_done, heard = run(name, {"REPORT": self.report, **parameters})
        self.assertTrue(is_done, heard.errors)
        self.assertEqual(status, results["STATUS"])
        return results

    def assert_report_is(self, *arguments: str) -> None:
        """The report is what the command line prints."""
        direct = self.command_line(*arguments, "--lang", "ja")
        page = Path(self.report).read_text("utf-8")
        self.assertEqual(direct.stdout, html.unescape(re.search("<pre[^>]*>(.*)</pre>", page, re.S).group(1)))

    def test_init(self) -> None:
        (self.city / "kyoten.toml").unlink()
        goal = str(self.folder / "mine.toml")
        self.assertEqual(goal, self.done("init", FOLDER=str(self.city), OUTPUT=goal)["PROJECT_FILE"])
        self.command_line("init", str(self.city), "--out", "direct.toml", "--lang", "ja")
        self.assertEqual((self.folder / "direct.toml").read_bytes(), Path(goal).read_bytes())
        _, is_done, heard = run("init", {"FOLDER": str(self.city), "OUTPUT": goal})
        self.assertFalse(is_done)
        self.assertTrue(heard.errors)
        self.done("init", FOLDER=str(self.city), OUTPUT=goal, FORCE=True)

    def test_inspect(self) -> None:
        files = [str(self.city / "N02-20_Station.geojson"), str(self.city / "市街化区域.shp")]
        self.done("inspect", FILES=files)
        self.assert_report_is("inspect", *files)

    def test_inspect_of_a_layer_in_memory(self) -> None:
        layer = memory_copy(opened(self.city / "N02-20_Station.geojson"))
        QgsProject.instance().addMapLayer(layer)
        self.done("inspect", LAYER=layer.id())
        self.assertIn("layer.gpkg", Path(self.report).read_text("utf-8"))

    def test_explain(self) -> None:
        parcel = json.loads((self.city / "parcels.geojson").read_text("utf-8"))["features"][3]["properties"]["chiban"]
        self.done("explain", PROJECT=self.file, PARCEL=parcel, SET="station_radius_m=800")
        self.assert_report_is("explain", self.file, parcel, "--set", "station_radius_m=800")

    def test_explain_of_every_parcel(self) -> None:
        # A few of them: what each lacks is sought by trying.
        file = self.city / "parcels.geojson"
        parcels = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps({**parcels, "features": parcels["features"][:20]}), "utf-8")
        out = str(self.folder / "all")
        self.done("explain", PROJECT=self.file, OUTPUT=out, LOAD=False)
        arguments = ("--all", "--out", "direct", "--format", "gpkg", "--map")
        self.command_line("explain", self.file, *arguments)
        self.assert_same_files(Path(out), self.folder / "direct", but=("times.json",))

    def test_survey(self) -> None:
        table = self.folder / "survey.csv"
        self.done("survey", PROJECT=self.file, OUTPUT=str(table), MOST=3)
        direct = self.command_line("survey", self.file, "--most", "3", "-o", "direct.csv", "--lang", "ja")
        self.assertEqual(0, direct.returncode, direct.stderr)
        self.assertEqual((self.folder / "direct.csv").read_bytes(), table.read_bytes())

    def test_assess_of_a_layer_in_memory(self) -> None:
        zones = opened(self.city / "A16-20_22_DID.geojson")
        zones.setSubsetString("\"A16_002\" = '22999'")
        drawn = memory_copy(zones, "案")
        QgsProject.instance().addMapLayer(drawn)
        goal = self.folder / "assessed.geojson"
        parameters = {"PROJECT": self.file, "ZONES": drawn.id(), "ZONE": "central", "OUTPUT": str(goal)}
        results, is_done, heard = run("assess", {**parameters, "REPORT": self.report})
        self.assertTrue(is_done, heard.errors)
        by_file = {"type": "FeatureCollection", "features": []}
        source = json.loads((self.city / "A16-20_22_DID.geojson").read_text("utf-8"))
        by_file["features"] = [one for one in source["features"] if one["properties"]["A16_002"] == "22999"]
        (self.folder / "drawn.geojson").write_text(json.dumps({**source, **by_file}), "utf-8")
        direct = self.command_line("assess", self.file, "drawn.geojson", "--zone", "central", "-o", "direct.geojson")
        self.assertEqual(direct.returncode, results["STATUS"])
        self.assertEqual((self.folder / "direct.geojson").read_bytes(), goal.read_bytes())
        [added] = [one for one in QgsProject.instance().mapLayers().values() if "assessed.geojson" in one.source()]
        styled = {category.value() for category in added.renderer().categories()}
        roles = {(one["role"], one["status"] or one["certainty"] or "") for one in added.getFeatures()}
        self.assertLessEqual({f"{role} {what}" for role, what in roles}, styled)

    def test_site(self) -> None:
        goal = self.folder / "sites.geojson"
        self.done("site", PROJECT=self.file, OUTPUT=str(goal), MERGE=True, MOST=1, MAX=2)
        arguments = ("--merge", "--most", "seniors", "--max", "2")
        self.command_line("site", self.file, "-o", "direct.geojson", *arguments)
        self.assertEqual((self.folder / "direct.geojson").read_bytes(), goal.read_bytes())
        [added] = [one for one in QgsProject.instance().mapLayers().values() if "sites.geojson" in one.source()]
        self.assertTrue(added.labelsEnabled())

    def test_site_keeps_clear_of_a_layer_in_memory(self) -> None:
        everywhere = memory_copy(opened(self.city / "N03-23_22.geojson"))
        QgsProject.instance().addMapLayer(everywhere)
        goal = self.folder / "sites.geojson"
        self.done("site", PROJECT=self.file, OUTPUT=str(goal), EXCLUDE=everywhere.id(), LOAD=False)
        self.assertEqual([], json.loads(goal.read_text("utf-8"))["features"])

    def test_peaks(self) -> None:
        feeds = [str(self.city / "kakuu_bus_gtfs_jp.zip"), str(self.city / "kakuu_city_gtfs_jp.zip")]
        goal = str(self.folder / "peaks.gpkg")
        self.done("peaks", GTFS=feeds, OUTPUT=goal)
        self.assert_report_is("peaks", *feeds)
        stops = json.loads(self.command_line("peaks", *feeds, "--json").stdout)["stops"]
        layer = QgsVectorLayer(goal, "peaks", "ogr")
        found = [(feature["name"], feature["peak_trips"]) for feature in layer.getFeatures()]
        self.assertEqual([(stop["name"], stop["peak_trips"]) for stop in stops], found)

    def test_diff(self) -> None:
        before, after = str(self.folder / "before"), str(self.folder / "after")
        self.command_line("run", self.file, "--out", before)
        self.command_line("run", self.file, "--out", after, "--set", "stop_radius_m=200")
        table = self.folder / "changes.csv"
        self.done("diff", BEFORE=before, AFTER=after, OUTPUT=str(table))
        self.command_line("diff", before, after, "--out", "direct.csv", "--lang", "ja")
        self.assertEqual((self.folder / "direct.csv").read_bytes(), table.read_bytes())

    def test_map(self) -> None:
        out = str(self.folder / "out")
        self.command_line("run", self.file, "--out", out, "--no-map")
        words = {"TITLE": "拠点の候補", "AUTHOR": "都市計画課", "DATE": "令和9年4月", "NOTE": "-参考図-"}
        options = ("--title", "拠点の候補", "--author", "都市計画課", "--date", "令和9年4月", "--note=-参考図-")
        for ending in ("pdf", "svg", "png"):
            goal = self.folder / f"map.{ending}"
            self.done("map", RUN=out, OUTPUT=str(goal), ZONE="senior", SIZE="A4", LABELS=1, DPI=90, **words)
            dots = ("--dpi", "90") if ending == "png" else ()
            arguments = (f"--{ending}", f"direct.{ending}", "--zone", "senior", "--size", "A4", "--labels", "ja", *dots)
            done = self.command_line("map", out, *arguments, *options)
            self.assertEqual(0, done.returncode, done.stderr)
            self.assertEqual((self.folder / f"direct.{ending}").read_bytes(), goal.read_bytes())
        _, is_done, heard = run("map", {"RUN": out, "OUTPUT": str(self.folder / "map.gif")})
        self.assertFalse(is_done)
        self.assertTrue(any(".pdf" in error for error in heard.errors), heard.errors)


if __name__ == "__main__":
    unittest.main()
