"""Every text is translated, and what QGIS loads is what is written."""

from __future__ import annotations

import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import texts


class Texts(unittest.TestCase):
    def test_every_text_is_translated_and_no_translation_is_left_over(self) -> None:
        self.assertEqual([], texts.missing())
        self.assertEqual([], texts.left_over())

    def test_translations_have_the_same_places_for_values(self) -> None:
        for text, translation in texts.translations().items():
            places = [sorted(re.findall(r"\{\w+\}", side)) for side in (text, translation)]
            self.assertEqual(*places, text)

    def test_translations_are_japanese(self) -> None:
        for text, translation in texts.translations().items():
            self.assertRegex(translation, "[ぁ-んァ-ン一-龥]", text)

    def test_the_compiled_file_is_that_of_the_translations(self) -> None:
        with tempfile.TemporaryDirectory() as place:
            goal = Path(place) / "new.qm"
            texts.release(goal)
            self.assertEqual(goal.read_bytes(), texts.TS.with_suffix(".qm").read_bytes())


if __name__ == "__main__":
    unittest.main()
