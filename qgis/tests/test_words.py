"""Wrong input gives the program's own words in the log of QGIS, in both languages, and leaves nothing."""

from __future__ import annotations

import unittest

from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from support import Case, run, speak


class Words(Case):
    def setUp(self) -> None:
        super().setUp()
        self.logged: list[str] = []
        log = QgsApplication.messageLog()
        log.messageReceived.connect(self.take)
        self.addCleanup(log.messageReceived.disconnect, self.take)

    def take(self, message: str, tag: str, level: int) -> None:
        self.logged.append(message)

    def assert_own_words(self, name: str, parameters: dict, arguments: list[str]) -> None:
        """What the program complains of on the command line stands in the log, word by word."""
        for language in ("ja", "en"):
            with self.subTest(language=language):
                speak(language)
                direct = self.command_line(*arguments, "--lang", language)
                self.assertEqual(2, direct.returncode)
                self.logged.clear()
                before = sorted(self.folder.rglob("*"))
                _, is_done, heard = run(name, parameters)
                self.assertFalse(is_done)
                self.assertEqual([direct.stderr.rstrip()], heard.errors)
                self.assertIn(direct.stderr.rstrip(), self.logged)
                self.assertEqual(before, sorted(self.folder.rglob("*")))

    def test_an_unknown_key_of_a_project_file(self) -> None:
        file = self.city / "kyoten.toml"
        file.write_text(file.read_text("utf-8") + "\n[thresholds2]\nx = 1\n", "utf-8")
        out = str(self.folder / "out")
        parameters = {"PROJECT": str(file), "OUTPUT": out, "LOAD": False}
        self.assert_own_words("run", parameters, ["run", str(file), "--out", out])

    def test_a_damaged_file(self) -> None:
        (self.city / "parcels.geojson").write_text('{"type": "FeatureCollection", "features": [{', "utf-8")
        out = str(self.folder / "out")
        self.assert_own_words(
            "run", {"PROJECT": str(self.city), "OUTPUT": out, "LOAD": False}, ["run", str(self.city), "--out", out]
        )

    def test_a_parcel_that_is_not_there(self) -> None:
        file = str(self.city / "kyoten.toml")
        self.assert_own_words("explain", {"PROJECT": file, "PARCEL": "no-such"}, ["explain", file, "no-such"])

    def test_a_layer_of_the_wrong_kind_is_told_by_its_copy(self) -> None:
        lines = QgsVectorLayer("LineString?crs=EPSG:6676&field=chiban:string", "lines", "memory")
        QgsProject.instance().addMapLayer(lines)
        self.addCleanup(QgsProject.instance().clear)
        out = self.folder / "place" / "out"
        _, is_done, heard = run("run", {"PARCELS": lines.id(), "OUTPUT": str(out), "LOAD": False})
        self.assertFalse(is_done)
        self.assertIn("inputs/parcels.gpkg", "".join(heard.errors))
        self.assertFalse(out.parent.exists())

    def test_a_project_file_and_layers_are_not_mixed(self) -> None:
        parameters = {"PROJECT": str(self.city), "STOPS": str(self.city / "P11-22_22.geojson")}
        _, is_done, heard = run("run", {**parameters, "OUTPUT": str(self.folder / "out")})
        self.assertFalse(is_done)
        self.assertEqual(1, len(heard.errors))


if __name__ == "__main__":
    unittest.main()
