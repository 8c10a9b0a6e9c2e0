"""Which texts does the plugin have, and which of them are translated?

    python3 qgis/texts.py          says what is missing, and ends with 1 where anything is
    python3 qgis/texts.py renew    writes the .ts anew, with translations kept and new texts empty, and the .qm

Texts are the calls of `tr` in the sources. The .ts is edited with Qt's linguist or by hand.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

PLUGIN = Path(__file__).parent / "kyoten_qgis"
TS = PLUGIN / "i18n" / "kyoten_qgis_ja.ts"
CONTEXT = "kyoten"


def sources() -> list[str]:
    """Every text that a call of `tr` has, in the order of files and lines, once each."""
    found: dict[str, None] = {}
    for path in sorted(PLUGIN.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                found[_constant(node, path)] = None
    return list(found)


def _constant(call: ast.Call, path: Path) -> str:
    [argument] = call.args
    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        raise SystemExit(f"{path}:{call.lineno}: tr() takes one text, written out")
    return argument.value


def translations() -> dict[str, str]:
    """The texts of the .ts with their translations; empty where one is not finished."""
    found = {}
    for message in ET.parse(TS).getroot().iter("message"):
        translation = message.find("translation")
        is_finished = translation.get("type") is None
        found[message.findtext("source")] = (translation.text or "") if is_finished else ""
    return found


def missing() -> list[str]:
    """Texts without a translation."""
    known = translations()
    return [text for text in sources() if not known.get(text)]


def left_over() -> list[str]:
    """Translations of texts that are no more."""
    there = set(sources())
    return [text for text in translations() if text not in there]


def renew() -> None:
    """Writes the .ts and the .qm anew."""
    known = translations() if TS.exists() else {}
    root = ET.Element("TS", version="2.1", language="ja_JP", sourcelanguage="en_US")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text in sources():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if known.get(text):
            translation.text = known[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    TS.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    release(TS.with_suffix(".qm"))


def release(goal: Path) -> None:
    """Compiles the .ts with Qt's lrelease."""
    names = ("lrelease", "lrelease-qt5", "lrelease-qt6", "pyside6-lrelease")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("lrelease not found: apt-get install qttools5-dev-tools, or pip install PySide6-Essentials")
    subprocess.run([program, "-silent", str(TS), "-qm", str(goal)], check=True)


def main() -> int:
    if sys.argv[1:] == ["renew"]:
        renew()
    for text in missing():
        print(f"not translated: {text}")
    for text in left_over():
        print(f"no longer there: {text}")
    return 1 if missing() or left_over() else 0


if __name__ == "__main__":
    sys.exit(main())
