"""Makes the zip of the plugin: `python3 qgis/package.py FOLDER` prints its path and SHA-256.

Nothing of the machine gets into it: files in order of their names, with one time and one permission, and not
compressed, since every version of a compressor gives other bytes.
"""

from __future__ import annotations

import configparser
import hashlib
import sys
import zipfile
from pathlib import Path

PLUGIN = Path(__file__).parent / "kyoten_qgis"
#: The earliest that a zip can tell.
_TIME = (1980, 1, 1, 0, 0, 0)
_PERMISSION = 0o100644 << 16
#: What the plugin does without: what Python compiled, and the source of the translation.
_LEFT_OUT = {".pyc", ".ts"}


def files() -> list[Path]:
    """What goes into the zip."""
    return sorted(path for path in PLUGIN.rglob("*") if path.is_file() and path.suffix not in _LEFT_OUT)


def version() -> str:
    """The version of the plugin."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(PLUGIN / "metadata.txt", "utf-8")
    return metadata["general"]["version"]


def package(folder: Path) -> Path:
    """Writes the zip into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    goal = folder / f"{PLUGIN.name}-{version()}.zip"
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_STORED) as archive:
        for path in files():
            member = zipfile.ZipInfo(path.relative_to(PLUGIN.parent).as_posix(), _TIME)
            member.external_attr = _PERMISSION
            # The system that made it, else another on Windows.
            member.create_system = 3
            archive.writestr(member, path.read_bytes())
    return goal


def main() -> None:
    goal = package(Path(sys.argv[1]))
    print(hashlib.sha256(goal.read_bytes()).hexdigest(), goal)


if __name__ == "__main__":
    main()
