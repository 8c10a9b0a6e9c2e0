"""What makes a release: python3 scripts/release/tests.py"""

from __future__ import annotations

import re
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import archive
import bundle
import glibc
import notes

_CHANGELOG = """# Changelog

## [Unreleased]

### Added

- A thing.

## [1.2.0] - 2026-01-01

- Another ([docs](docs/a.md)).

## [1.1.0] - 2025-01-01

[1.2.0]: https://example.org/1.2.0
"""


class Notes(unittest.TestCase):
    def test_the_notes_of_a_version_are_its_part_alone(self) -> None:
        self.assertEqual("- Another ([docs](docs/a.md)).\n", notes.notes(_CHANGELOG, "1.2.0"))
        self.assertEqual("### Added\n\n- A thing.\n", notes.notes(_CHANGELOG, "Unreleased"))

    def test_a_version_without_notes_is_no_release(self) -> None:
        for version in ("1.1.0", "1.3.0", "1.2"):
            with self.assertRaises(SystemExit):
                notes.notes(_CHANGELOG, version)

    def test_the_changelog_has_notes_to_give(self) -> None:
        self.assertIn("###", notes.notes(notes.CHANGELOG.read_text("utf-8"), "Unreleased"))


class Bundle(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)
        self.papers = self.folder / "papers"
        self.papers.mkdir()
        (self.papers / "THIRD-PARTY-CRATES.txt").write_text("MIT")
        self.binary, self.plugin = self.folder / "program", self.folder / "kyoten_qgis-1.zip"
        self.binary.write_bytes(b"program")
        self.plugin.write_bytes(b"plugin")

    def members(self, system: str) -> dict[str, tuple[bytes, bool]]:
        return bundle.members(system, self.binary, self.papers, self.plugin)

    def test_the_zip_has_the_same_bytes_whenever_it_is_made(self) -> None:
        found = self.members("linux")
        one, other = self.folder / "one.zip", self.folder / "other.zip"
        archive.write(one, found, 1_700_000_000)
        archive.write(other, dict(reversed(found.items())), 1_700_000_000)
        self.assertEqual(one.read_bytes(), other.read_bytes())
        with zipfile.ZipFile(one) as opened:
            self.assertEqual({(2023, 11, 14, 22, 13, 20)}, {member.date_time for member in opened.infolist()})
            run = {member.filename for member in opened.infolist() if member.external_attr >> 16 & 0o111}
        self.assertEqual({"kyoten", "demo-デモを見る.sh"}, run)

    def test_every_system_has_its_program_a_starter_and_what_is_first_read(self) -> None:
        starters = {"linux": ".sh", "macos": ".command", "windows": ".cmd"}
        for system, ending in starters.items():
            found = self.members(system)
            self.assertIn("kyoten.exe" if system == "windows" else "kyoten", found)
            self.assertIn(f"demo-デモを見る{ending}", found)
            for name in ("README.ja.md", "LICENSE-MIT", "THIRD-PARTY-CRATES.txt", "kyoten_qgis-1.zip", "docs/ja/hajimeni.md"):
                self.assertIn(name, found)
            first = found["はじめに-READ-ME-FIRST.txt"][0].decode("utf-8-sig")
            self.assertIn("demo-デモを見る", first)

    def test_texts_of_windows_end_their_lines_as_windows_does(self) -> None:
        found = self.members("windows")
        for name in ("demo-デモを見る.cmd", "はじめに-READ-ME-FIRST.txt"):
            text = found[name][0]
            self.assertEqual(text.count(b"\n"), text.count(b"\r\n"))
            self.assertGreater(text.count(b"\n"), 10)
        # A mark at its beginning would be taken for a part of the first command.
        self.assertTrue(found["demo-デモを見る.cmd"][0].startswith(b"@echo off\r\n"))
        self.assertTrue(found["はじめに-READ-ME-FIRST.txt"][0].startswith(b"\xef\xbb\xbf"))

    def test_what_stands_above_the_code_page_is_plain(self) -> None:
        # Until `chcp` the interpreter takes bytes for those of Shift_JIS, where the second of a letter may be a sign of its own.
        above, _, below = self.members("windows")["demo-デモを見る.cmd"][0].partition(b"chcp 65001")
        self.assertTrue(above.isascii())
        self.assertFalse(below.isascii())


class Licences(unittest.TestCase):
    def test_what_is_gathered_is_what_is_let_in(self) -> None:
        def listed(file: Path, key: str) -> set[str]:
            found = re.search(rf"^{key} = \[(.*?)\]", file.read_text("utf-8"), re.MULTILINE | re.DOTALL)
            return set(re.findall(r'"([^"]+)"', found[1]))

        accepted = listed(Path(__file__).resolve().parent / "about.toml", "accepted")
        self.assertEqual(listed(bundle.ROOT / "deny.toml", "allow"), accepted)


class Glibc(unittest.TestCase):
    def test_the_newest_version_is_told_by_its_numbers(self) -> None:
        self.assertEqual("glibc 2.34", glibc.newest(b"\0GLIBC_2.4\0GLIBC_2.34\0GLIBC_2.2.5\0GLIBCXX_3.4.30\0"))
        self.assertEqual("no glibc", glibc.newest(b"musl"))


if __name__ == "__main__":
    unittest.main()
