"""What makes a release: python3 scripts/release/tests.py"""

from __future__ import annotations

import base64
import csv
import hashlib
import posixpath
import re
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parent))
import archive
import bundle
import glibc
import licences
import notes
import wheel

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
            for name in ("README.ja.md", "kyoten_qgis-1.zip", "docs/ja/hajimeni.md", *licences.texts(self.papers)):
                self.assertIn(name, found)
            first = found["はじめに-READ-ME-FIRST.txt"][0].decode("utf-8-sig")
            self.assertIn("demo-デモを見る", first)

    def test_what_the_pages_link_to_is_in_the_zip(self) -> None:
        found = self.members("linux")
        # What is for those who work on kyoten.
        left_out = {"ARCHITECTURE.md", "CONTRIBUTING.md", "benches/peers/README.md", "qgis/README.md"}
        there = set(found) | {str(above) for name in found for above in PurePosixPath(name).parents} | left_out
        for name, (content, _) in found.items():
            if name.endswith(".md"):
                for link in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", content.decode()):
                    goal = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
                    self.assertIn(goal, there, f"{name} links to {link}")

    def test_every_name_in_the_zip_can_be_one_on_windows(self) -> None:
        reserved = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
        for name in self.members("windows"):
            # What is left of 260 signs for the folder that it is unpacked into.
            self.assertLess(len(name), 100, name)
            for part in name.split("/"):
                self.assertFalse(set(part) & set('<>:"\\|?*') or part.endswith((" ", ".")), name)
                self.assertNotIn(part.split(".")[0].lower(), reserved)
        folded = [name.lower() for name in self.members("windows")]
        self.assertEqual(len(folded), len(set(folded)))

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


class Wheel(unittest.TestCase):
    INFO = "kyoten-1.0.dist-info"

    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.papers = Path(place.name)
        (self.papers / "THIRD-PARTY-CRATES.txt").write_text("MIT of a crate")
        self.wheel = self.made("2.4")

    def made(self, version: str) -> Path:
        """A wheel as maturin writes it, with METADATA of a version."""
        goal = self.papers / f"kyoten-1.0-{version}.whl"
        with zipfile.ZipFile(goal, "w") as archive:
            program = zipfile.ZipInfo("kyoten/_kyoten.abi3.so", (1980, 1, 1, 0, 0, 0))
            program.external_attr = 0o100755 << 16
            archive.writestr(program, b"program")
            head = f"Metadata-Version: {version}\nName: kyoten\nLicense-Expression: MIT OR Apache-2.0\n"
            archive.writestr(f"{self.INFO}/METADATA", f"{head}\nLicense-File: is said of the body\n")
            archive.writestr(f"{self.INFO}/RECORD", "of before")
        return goal

    def members(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.wheel) as archive:
            self.assertEqual(len(archive.namelist()), len(set(archive.namelist())))
            return {name: archive.read(name) for name in archive.namelist()}

    def test_a_wheel_has_the_licences_of_all_that_it_contains(self) -> None:
        texts = licences.texts(self.papers)
        wheel.add(self.wheel, texts)
        found = self.members()
        metadata = found[f"{self.INFO}/METADATA"].decode()
        head, _, body = metadata.partition("\n\n")
        self.assertEqual("License-File: is said of the body\n", body)
        for name in ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md", "THIRD-PARTY-CRATES.txt", "src/maps/still/font/OFL.txt"):
            self.assertEqual(texts[name], found[f"{self.INFO}/licenses/{name}"])
            self.assertIn(f"License-File: {name}", head.split("\n"))
        self.assertEqual(b"MIT of a crate", texts["THIRD-PARTY-CRATES.txt"])

    def test_what_a_wheel_records_is_what_it_holds(self) -> None:
        wheel.add(self.wheel, licences.texts(self.papers))
        found = self.members()
        rows = list(csv.reader(found[f"{self.INFO}/RECORD"].decode().splitlines()))
        self.assertEqual(set(found), {name for name, _, _ in rows})
        for name, digest, size in rows:
            if name != f"{self.INFO}/RECORD":
                told = base64.urlsafe_b64decode(digest.removeprefix("sha256=") + "=")
                self.assertEqual((hashlib.sha256(found[name]).digest(), len(found[name])), (told, int(size)), name)

    def test_licences_come_into_a_wheel_once_and_its_program_stays_one(self) -> None:
        wheel.add(self.wheel, licences.texts(self.papers))
        once = self.wheel.read_bytes()
        wheel.add(self.wheel, licences.texts(self.papers))
        self.assertEqual(once, self.wheel.read_bytes())
        with zipfile.ZipFile(self.wheel) as archive:
            self.assertEqual(0o100755, archive.getinfo("kyoten/_kyoten.abi3.so").external_attr >> 16)

    def test_a_wheel_that_can_name_no_licences_stays_as_it_was(self) -> None:
        old = self.made("2.3")
        before = old.read_bytes()
        with self.assertRaises(SystemExit):
            wheel.add(old, licences.texts(self.papers))
        self.assertEqual(before, old.read_bytes())
        self.assertEqual([], list(self.papers.glob(".*")))


class Licences(unittest.TestCase):
    def test_what_third_party_links_to_goes_with_it(self) -> None:
        page = (licences.ROOT / "THIRD-PARTY.md").read_text("utf-8")
        linked = set(re.findall(r"\]\((?!https?:|#)([^)]+)\)", page))
        with tempfile.TemporaryDirectory() as papers:
            (Path(papers) / "THIRD-PARTY-CRATES.txt").write_text("MIT")
            self.assertLessEqual(linked, set(licences.texts(Path(papers))))

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
