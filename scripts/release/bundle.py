"""Puts a release's zip together: the program, what starts it by a double click, pages, licences and the QGIS plugin.

    python3 scripts/release/bundle.py --system linux --name kyoten-1.2.0-x86_64-linux --binary kyoten --papers FOLDER \
        --plugin kyoten_qgis-1.2.0.zip --epoch 1700000000 --out FOLDER

`--papers` is the folder with the licences of all dependencies and the list of components. The same input gives the same bytes
(with the same zlib).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import archive
import licences

ROOT = licences.ROOT
STARTERS = Path(__file__).resolve().parent / "starters"

#: How the program and what starts it are called; and which starter it is.
_SYSTEMS = {
    "linux": ("kyoten", {"demo-デモを見る.sh": "demo.sh"}),
    "macos": ("kyoten", {"demo-デモを見る.command": "demo.sh"}),
    "windows": ("kyoten.exe", {"demo-デモを見る.cmd": "demo.cmd"}),
}
#: What is first read, and what the repository has at its top.
_FIRST = "はじめに-READ-ME-FIRST.txt"
_PAGES = ("README.md", "README.ja.md", "CHANGELOG.md")
#: What the pages link to for those who use the program; what is for those who work on it stays in the repository.
_FOLDERS = ("docs", "python/notebooks")
_LINKED = ("data/README.md",)


def members(system: str, binary: Path, papers: Path, plugin: Path) -> dict[str, tuple[bytes, bool]]:
    """What is in the zip, by name: its bytes, and whether it is run."""
    program, starters = _SYSTEMS[system]
    found = {program: (binary.read_bytes(), True)}
    for name, source in starters.items():
        found[name] = (_lines((STARTERS / source).read_text("utf-8"), system), True)
    first = (STARTERS / f"first-{system}.txt").read_text("utf-8")
    # Notepad of older systems knows UTF-8 by its mark alone.
    found[_FIRST] = (_lines("\ufeff" + first if system == "windows" else first, system), False)
    for name in (*_PAGES, *_LINKED):
        found[name] = ((ROOT / name).read_bytes(), False)
    for folder in _FOLDERS:
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
        found |= {path.relative_to(ROOT).as_posix(): (path.read_bytes(), False) for path in files}
    found |= {path.name: (path.read_bytes(), False) for path in papers.iterdir()}
    found |= {name: (text, False) for name, text in licences.texts(papers).items()}
    found[plugin.name] = (plugin.read_bytes(), False)
    return found


def _lines(text: str, system: str) -> bytes:
    """With the ends of lines that the system's own programs want."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n" if system == "windows" else "\n").encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--system", choices=_SYSTEMS, required=True)
    parser.add_argument("--name", required=True)
    for name in ("--binary", "--papers", "--plugin", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--epoch", type=int, required=True)
    asked = parser.parse_args()
    found = members(asked.system, asked.binary, asked.papers, asked.plugin)
    goal = asked.out / f"{asked.name}.zip"
    archive.write(goal, {f"{asked.name}/{name}": member for name, member in found.items()}, asked.epoch)
    print(goal)


if __name__ == "__main__":
    main()
