"""What the plugin knows of the program agrees with the program's sources: its layers, formats, commands and styles."""

from __future__ import annotations

import re
import unittest

from support import PLUGIN, ROOT

from kyoten_qgis.algorithms import ALGORITHMS
from kyoten_qgis.study.layers import expected_layers, layers
from kyoten_qgis.study.source import READABLE


class Agrees(unittest.TestCase):
    def test_every_layer_of_the_program_can_be_given(self) -> None:
        # Up to its roles, an entry says what the layer is called; one that is expected says so at its end.
        entries = (ROOT / "src" / "layers" / "spec.rs").read_text("utf-8").split("LayerKind {\n")[1:]
        named = {re.search(r'\bname: "(\w+)"', entry).group(1): entry for entry in entries if "name: \"" in entry}
        self.assertEqual(list(named), [layer.key for layer in layers()])
        expected = [name for name, entry in named.items() if "expected_as: Some" in entry]
        self.assertEqual(expected, [layer.key for layer in expected_layers()])

    def test_every_file_that_is_left_in_place_is_read(self) -> None:
        page = (ROOT / "docs" / "formats.md").read_text("utf-8").split("## Inputs")[1].split("**Archives.**")[0]
        self.assertEqual(set(), READABLE - set(re.findall(r"`(\.\w+)`", page)))

    def test_every_algorithm_but_the_installer_is_a_command(self) -> None:
        names = [algorithm().name() for algorithm in ALGORITHMS]
        self.assertEqual("install", names.pop())
        commands = {path.stem for path in (ROOT / "src" / "cli").iterdir()}
        self.assertEqual([], [name for name in names if name not in commands])

    def test_styles_have_the_colours_of_the_program(self) -> None:
        colours = re.findall(r"\[(\d+), (\d+), (\d+)\]", (ROOT / "src" / "outputs" / "colours.rs").read_text("utf-8"))
        known = {",".join(colour) for colour in colours} | {"255,255,255"}
        for path in (PLUGIN / "styles").iterdir():
            used = re.findall(r'olor"? (?:value)?="?(\d+,\d+,\d+)', path.read_text("utf-8"))
            used += re.findall(r'olor="(\d+,\d+,\d+)', path.read_text("utf-8"))
            self.assertTrue(used)
            self.assertEqual(set(), set(used) - known, path.name)


if __name__ == "__main__":
    unittest.main()
