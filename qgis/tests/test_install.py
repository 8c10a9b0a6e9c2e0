"""A zip or a wheel from the disk becomes the program of the profile, if it is whole and does no harm."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import unittest
import zipfile
from pathlib import Path

from qgis.core import QgsApplication
from support import PROGRAM, Case, find, profile_folder, run



class Install(Case):
    def setUp(self) -> None:
        super().setUp()
        path = os.environ["PATH"]
        os.environ["PATH"] = "/usr/bin:/bin"
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        self.addCleanup(self.forget)

    @staticmethod
    def forget() -> None:
        shutil.rmtree(profile_folder(), ignore_errors=True)

    def archive(self, members: dict[str, bytes], name: str = "kyoten.zip") -> Path:
        file = self.folder / name
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return file

    def assert_refused(self, file: Path, **parameters: str) -> None:
        _, is_done, heard = run("install", {"FILE": str(file), **parameters})
        self.assertFalse(is_done)
        self.assertEqual(1, len(heard.errors))
        self.assertIn(file.name, heard.errors[0])
        folder = profile_folder().parent
        self.assertEqual([], list(folder.iterdir()) if folder.exists() else [])

    def test_a_zip_becomes_the_program(self) -> None:
        algorithm = QgsApplication.processingRegistry().algorithmById("kyoten:run")
        self.assertIsNone(find())
        self.assertFalse(algorithm.canExecute()[0])
        members = {"completions/kyoten": b"# for a shell", "kyoten-0.1.0/kyoten": PROGRAM.read_bytes()}
        file = self.archive(members)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        results, is_done, heard = run("install", {"FILE": str(file), "SHA256": digest.upper()})
        self.assertTrue(is_done, heard.errors)
        self.assertTrue(results["VERSION"].startswith("kyoten "))
        self.assertTrue(find().command[0].startswith(str(profile_folder())))
        self.assertTrue(algorithm.canExecute()[0])
        _, is_done, heard = run("inspect", {"FILES": [str(self.city / "N02-20_Station.geojson")]})
        self.assertTrue(is_done, heard.errors)
        # And once more, over it.
        self.assertTrue(run("install", {"FILE": str(file)})[1])
        self.assertEqual([profile_folder()], list(profile_folder().parent.iterdir()))

    def test_a_wheel_becomes_the_program_also_as_a_module(self) -> None:
        caller = f"import os, sys\nos.execv({str(PROGRAM)!r}, ['kyoten', *sys.argv[1:]])\n".encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(caller).digest()).rstrip(b"=").decode()
        record = f"kyoten/__main__.py,sha256={digest},{len(caller)}\nkyoten-0.1.0.dist-info/RECORD,,\n".encode()
        members = {"kyoten/__init__.py": b"", "kyoten/__main__.py": caller, "kyoten-0.1.0.dist-info/RECORD": record}
        file = self.archive(members, "kyoten-0.1.0-cp39-abi3-any.whl")
        _, is_done, heard = run("install", {"FILE": str(file)})
        self.assertTrue(is_done, heard.errors)
        self.assertEqual(("-m", "kyoten"), find().command[1:])
        self.forget()
        self.assert_refused(self.archive({**members, "kyoten/__main__.py": b"print(1)"}, "changed.whl"))

    def test_what_is_no_whole_release_is_refused(self) -> None:
        text = self.folder / "notes.zip"
        text.write_text("no zip", "utf-8")
        self.assert_refused(text)
        whole = self.archive({"kyoten": PROGRAM.read_bytes()})
        self.assert_refused(whole, SHA256="0" * 64)
        cut = self.folder / "cut.zip"
        cut.write_bytes(whole.read_bytes()[:1000])
        self.assert_refused(cut)
        flipped = bytearray(self.archive({"kyoten": b"x" * 1000}, "flipped.zip").read_bytes())
        flipped[40] ^= 255
        (self.folder / "flipped.zip").write_bytes(flipped)
        self.assert_refused(self.folder / "flipped.zip")

    def test_what_leads_out_of_its_folder_is_refused(self) -> None:
        for name in ("../kyoten", "/tmp/kyoten", "a/../../kyoten", "C:kyoten"):
            self.assert_refused(self.archive({name: b"x"}, "out.zip"))
        link = zipfile.ZipInfo("kyoten")
        link.external_attr = 0o120777 << 16
        with zipfile.ZipFile(self.folder / "link.zip", "w") as archive:
            archive.writestr(link, "/bin/sh")
        self.assert_refused(self.folder / "link.zip")

    def test_a_program_that_does_not_run_here_is_refused(self) -> None:
        self.assert_refused(self.archive({"kyoten": b"\x7fELF not really"}))
        self.assert_refused(self.archive({"kyoten": b"#!/bin/sh\nexit 3\n"}))
        self.assert_refused(self.archive({"other": b"x"}))


if __name__ == "__main__":
    unittest.main()
