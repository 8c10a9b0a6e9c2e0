"""The zip for the plugin repository is whole, holds the plugin alone, and has the same bytes each time."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import package


class Package(unittest.TestCase):
    def test_the_zip_has_the_same_bytes_whenever_it_is_made(self) -> None:
        with tempfile.TemporaryDirectory() as place:
            first = package.package(Path(place) / "a").read_bytes()
            for path in package.files():
                os.utime(path)
            self.assertEqual(first, package.package(Path(place) / "b").read_bytes())

    def test_the_zip_holds_one_folder_with_all_that_the_plugin_needs(self) -> None:
        with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(package.package(Path(place))) as archive:
            names = archive.namelist()
        self.assertEqual({"kyoten_qgis"}, {name.split("/")[0] for name in names})
        there = ("__init__.py", "metadata.txt", "LICENSE", "icon.svg", "i18n/kyoten_qgis_ja.qm", "styles/sites.qml")
        for name in there:
            self.assertIn(f"kyoten_qgis/{name}", names)
        self.assertEqual([], [name for name in names if "__pycache__" in name or name.endswith(".ts")])

    def test_addresses_that_lead_nowhere_are_told_before_the_plugin_is_published(self) -> None:
        asked = ("email", "homepage", "tracker", "repository")
        good = dict(zip(asked, ("a@city.lg.jp", "https://kyoten.jp/example", "https://kyoten.jp/example.org-issues", "https://kyoten.jp/r")))
        self.assertEqual([], package.placeholders(good))
        for key in asked:
            for address in ("", " ", "https://example.org", "https://www.example.com/kyoten", "kyoten@example.org"):
                self.assertEqual([key], package.placeholders({**good, key: address}), address)
        self.assertEqual(list(asked), package.placeholders({}))


if __name__ == "__main__":
    unittest.main()
