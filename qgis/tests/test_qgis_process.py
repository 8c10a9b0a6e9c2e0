"""The algorithms as `qgis_process` calls them: the plugin installed in a profile, no project, no window."""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest

from support import PLUGIN, Case

#: Debian's wrapper hands it an option of the desktop that it does not know.
_PROGRAM = shutil.which("qgis_process.bin") or "qgis_process"


class QgisProcess(Case):
    def setUp(self) -> None:
        super().setUp()
        self.profile = self.folder / "profile"
        plugins = self.profile / "profiles" / "default" / "python" / "plugins"
        shutil.copytree(PLUGIN, plugins / "kyoten_qgis", ignore=shutil.ignore_patterns("__pycache__"))
        self.call("plugins", "enable", "kyoten_qgis")

    def call(self, *arguments: str, language: str = "ja") -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "QGIS_CUSTOM_CONFIG_PATH": str(self.profile),
            "XDG_DATA_HOME": str(self.profile),
            "HOME": str(self.profile),
            "LANG": f"{language}_{language.upper().replace('JA', 'JP').replace('EN', 'US')}.UTF-8",
        }
        return subprocess.run(
            [_PROGRAM, *arguments], env=environment, capture_output=True, encoding="utf-8", check=False
        )

    def test_run_equals_the_command_line(self) -> None:
        file = str(self.city / "kyoten.toml")
        out = self.folder / "out"
        done = self.call("run", "kyoten:run", "--", f"PROJECT={file}", f"OUTPUT={out}", "FORMATS=gpkg,csv")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.command_line("run", file, "--out", "direct", "--format", "gpkg,csv")
        self.assert_same_files(out, self.folder / "direct", but=("times.json",))

    def test_wrong_input_gives_the_programs_words_and_a_status(self) -> None:
        file, out = self.folder / "no.toml", self.folder / "out"
        done = self.call("run", "kyoten:run", "--", f"PROJECT={file}", f"OUTPUT={out}")
        self.assertNotEqual(0, done.returncode)
        direct = self.command_line("run", str(file), "--lang", "ja")
        first = direct.stderr.splitlines()[0]
        self.assertIn(first, done.stdout + done.stderr)
        self.assertFalse(out.exists())

    def test_help_is_in_the_language_of_the_system(self) -> None:
        for language, word in (("ja", "筆ごとに"), ("en", "for every parcel")):
            said = self.call("help", "kyoten:run", language=language)
            self.assertIn(word, said.stdout, said.stderr)


if __name__ == "__main__":
    unittest.main()
