"""Makes the zip of the plugin: `python3 qgis/package.py FOLDER` prints its path and SHA-256.

`python3 qgis/package.py --check` says what keeps it from being handed to a plugin repository, and ends with 1 where anything does.

Nothing of the machine gets into it: files in order of their names, with one time and one permission, and not
compressed, since every version of a compressor gives other bytes.
"""

from __future__ import annotations

import configparser
import hashlib
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

PLUGIN = Path(__file__).parent / "kyoten_qgis"
#: The earliest that a zip can tell.
_TIME = (1980, 1, 1, 0, 0, 0)
_PERMISSION = 0o100644 << 16
#: What the plugin does without: what Python compiled, and the source of the translation.
_LEFT_OUT = {".pyc", ".ts"}
#: The domains that nobody can have (RFC 2606).
_EXAMPLE = re.compile(r"(^|\.)example(\.(com|net|org))?$")


def files() -> list[Path]:
    """What goes into the zip."""
    return sorted(path for path in PLUGIN.rglob("*") if path.is_file() and path.suffix not in _LEFT_OUT)


def general() -> dict[str, str]:
    """What `metadata.txt` says of the plugin."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(PLUGIN / "metadata.txt", "utf-8")
    return dict(metadata["general"])


def version() -> str:
    """The version of the plugin."""
    return general()["version"]


def placeholders(said: dict[str, str]) -> list[str]:
    """Which addresses that a plugin repository asks for are missing, or lead to the domains that are reserved for examples."""
    asked = ("email", "homepage", "tracker", "repository")
    return [key for key in asked if not _host(said.get(key, "")) or _EXAMPLE.search(_host(said[key]))]


def _host(address: str) -> str:
    """The domain of an address of the web or of mail; empty where it is none."""
    mail = re.fullmatch(r"[^@/\s]+@([^@/\s]+)", address.strip())
    return mail[1].lower() if mail else urlsplit(address.strip()).hostname or ""


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
    if sys.argv[1:] == ["--check"]:
        found = placeholders(general())
        if found:
            raise SystemExit(
                f"qgis/kyoten_qgis/metadata.txt: {', '.join(found)}: no address of the project yet. "
                "Do not hand the plugin to a plugin repository before they are filled in (docs/releases.md)."
            )
        return
    goal = package(Path(sys.argv[1]))
    print(hashlib.sha256(goal.read_bytes()).hexdigest(), goal)


if __name__ == "__main__":
    main()
