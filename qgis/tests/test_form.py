"""The plugin is as its repository and the house ask: metadata, licence, sizes of files, Qt by `qgis.PyQt` alone."""

from __future__ import annotations

import ast
import configparser
import re
import sys
import unittest
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PLUGIN = _ROOT / "qgis" / "kyoten_qgis"
_MOST_LINES = 400

#: What plugins.qgis.org asks for.
_REQUIRED = (
    "name", "qgisMinimumVersion", "description", "about", "version", "author", "email", "repository", "tracker",
    "homepage", "tags", "icon", "hasProcessingProvider",
)  # fmt: skip


def sources() -> list[Path]:
    """Every file of Python below `qgis`."""
    return sorted((_ROOT / "qgis").rglob("*.py"))


def metadata() -> configparser.SectionProxy:
    """What `metadata.txt` says."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(_PLUGIN / "metadata.txt", "utf-8")
    return parser["general"]


class Form(unittest.TestCase):
    def test_metadata_says_what_the_repository_asks(self) -> None:
        found = metadata()
        self.assertEqual([], [key for key in _REQUIRED if not found.get(key)])
        self.assertTrue((_PLUGIN / found["icon"]).is_file())
        self.assertEqual("yes", found["hasProcessingProvider"])
        for language in ("[A-Za-z]{3}", "[ぁ-ん]"):
            self.assertRegex(found["about"], language)
            self.assertRegex(found["description"], language)

    def test_the_version_is_that_of_the_program(self) -> None:
        cargo = (_ROOT / "Cargo.toml").read_text("utf-8")
        self.assertEqual(re.search(r'^version = "(.*)"', cargo, re.M).group(1), metadata()["version"])

    def test_the_licence_is_with_it(self) -> None:
        self.assertEqual((_ROOT / "LICENSE-MIT").read_bytes(), (_PLUGIN / "LICENSE").read_bytes())

    def test_files_are_small_and_begin_with_what_they_are_for(self) -> None:
        for path in sources():
            text = path.read_text("utf-8")
            self.assertLessEqual(text.count("\n"), _MOST_LINES, path)
            self.assertTrue(ast.get_docstring(ast.parse(text)), path)

    def test_the_python_of_the_oldest_qgis_for_windows_reads_it(self) -> None:
        for path in _PLUGIN.rglob("*.py"):
            ast.parse(path.read_text("utf-8"), feature_version=(3, 9))

    def test_functions_of_the_plugin_have_types(self) -> None:
        for path in _PLUGIN.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    arguments = [one for one in node.args.args if one.arg not in ("self", "cls")]
                    untyped = [one.arg for one in arguments if one.annotation is None]
                    self.assertEqual(([], True), (untyped, node.returns is not None), f"{path}: {node.name}")

    def test_qt_comes_from_qgis_and_nothing_from_elsewhere(self) -> None:
        allowed = re.compile(r"qgis|processing|kyoten_qgis")
        for path in _PLUGIN.rglob("*.py"):
            for name in _imported(path):
                self.assertNotRegex(name, r"PyQt[56]|PySide|^osgeo", path)
                top = name.split(".")[0]
                self.assertTrue(allowed.fullmatch(top) or top in sys.stdlib_module_names, f"{path}: {name}")


def _imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module)
    return names


if __name__ == "__main__":
    unittest.main()
