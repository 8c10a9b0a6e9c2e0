"""How the program is found, called and stopped, with small programs in its place."""

from __future__ import annotations

import os
import stat
import sys
import unittest
from pathlib import Path
from unittest import mock

from support import Case

from kyoten_qgis.program import call as calling
from kyoten_qgis.program.locate import Program, find, in_folder, interpreter
from kyoten_qgis.program.progress import Step
from kyoten_qgis.study import toml
from kyoten_qgis.study.project_file import relative


class Call(Case):
    def program(self, script: str) -> Program:
        """A program that is a script of the shell."""
        file = self.folder / "program"
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return Program((str(file),))

    def test_what_is_said_comes_line_by_line_and_complaints_apart(self) -> None:
        heard: list[str] = []
        program = self.program("echo 一; echo 二; echo 三 >&2; exit 1")
        outcome = calling.call(program, [], lambda: False, heard.append)
        self.assertEqual((1, "一\n二\n", "三\n"), (outcome.status, outcome.said, outcome.complained))
        self.assertEqual(["一", "二"], heard)

    def test_progress_is_told_apart_from_complaints(self) -> None:
        lines = (
            '{"progress":"read","name":"読み込み"}',
            "注意",
            '{"progress":"measure","name":"判定","done":1,"of":4}',
            '{"progress": cut',
        )
        steps: list[Step] = []
        program = self.program("cat >&2 <<'END'\n" + "\n".join(lines) + "\nEND")
        outcome = calling.call(program, [], lambda: False, lambda line: None, advance=steps.append)
        self.assertEqual([Step("読み込み", None), Step("判定", 0.25)], steps)
        self.assertEqual('注意\n{"progress": cut\n', outcome.complained)

    def test_much_that_is_said_blocks_nothing(self) -> None:
        program = self.program("yes kyoten | head -n 200000; yes 拠点 | head -n 200000 >&2")
        outcome = calling.call(program, [], lambda: False, lambda line: None)
        self.assertEqual((200_000, 200_000), (outcome.said.count("\n"), outcome.complained.count("\n")))

    def test_a_program_that_does_not_end_when_told_to_is_killed(self) -> None:
        program = self.program("trap '' TERM; echo $$; while :; do sleep 0.1; done")
        said: list[str] = []
        with mock.patch.object(calling, "_PATIENCE", 0.3), self.assertRaises(calling.Cancelled):
            calling.call(program, [], lambda: bool(said), said.append)
        self.assertFalse(Path(f"/proc/{said[0]}").exists())

    def test_the_data_of_qgis_are_not_the_programs(self) -> None:
        heard: list[str] = []
        with mock.patch.dict(os.environ, PROJ_LIB="/of/qgis", PROJ_DATA="/of/qgis", OTHER="kept"):
            calling.call(self.program('echo "$PROJ_LIB$PROJ_DATA$OTHER"'), [], lambda: False, heard.append)
        self.assertEqual(["kept"], heard)

    def test_a_module_is_a_program_where_there_is_nothing_else(self) -> None:
        package = self.folder / "modules" / "kyoten"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "__main__.py").write_text("import sys; print('kyoten', sys.argv[1:])", "utf-8")
        path = str(package.parent)
        with mock.patch.dict(os.environ, PATH="/nowhere", PYTHONPATH=path), mock.patch.object(sys, "path", [path]):
            program = find()
            self.assertEqual((interpreter(), "-m", "kyoten"), program.command)
            outcome = calling.call(program, ["run", "拠点"], lambda: False, lambda line: None)
        self.assertEqual("kyoten ['run', '拠点']\n", outcome.said)

    def test_a_file_goes_before_a_module_in_a_folder(self) -> None:
        folder = self.folder / "unpacked"
        (folder / "kyoten").mkdir(parents=True)
        (folder / "kyoten" / "__main__.py").touch()
        self.assertEqual("-m", in_folder(folder).command[1])
        (folder / "kyoten-0.1.0.data" / "scripts").mkdir(parents=True)
        (folder / "kyoten-0.1.0.data" / "scripts" / "kyoten").touch()
        self.assertTrue(in_folder(folder).command[0].endswith("scripts/kyoten"))


class Texts(unittest.TestCase):
    def test_texts_are_strings_of_toml(self) -> None:
        self.assertEqual('"拠点"', toml.text("拠点"))
        self.assertEqual(r'"a\"b\\c\n\u007f"', toml.text('a"b\\c\n\x7f'))
        self.assertEqual('["a", "b"]', toml.texts(["a", "b"]))
        self.assertEqual("# a b", toml.comment("a\nb"))

    def test_paths_are_told_from_the_folder_with_slashes(self) -> None:
        self.assertEqual("../city/a.shp", relative("/data/city/a.shp", Path("/data/out")))
        self.assertEqual("inputs/a.gpkg", relative("/data/out/inputs/a.gpkg", Path("/data/out")))


if __name__ == "__main__":
    unittest.main()
