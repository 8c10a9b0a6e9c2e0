"""Puts the licences of all that a wheel contains into it, at `*.dist-info/licenses`, as PEP 639 has it.

    python3 scripts/release/wheel.py FILE.whl --papers FOLDER

`license-files` of pyproject.toml cannot name them: they lie above the module's folder, or are made for a release. The same wheel
gives the same bytes (with the same zlib), also where they are in it already.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import re
import zipfile
from pathlib import Path

import licences


def add(wheel: Path, texts: dict[str, bytes]) -> None:
    """Puts texts into a wheel, in the place of those of earlier. It is replaced as a whole, or stays as it was."""
    unfinished = wheel.with_name(f".{wheel.name}.unfinished")
    try:
        with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as goal:
            _copy(source, goal, texts)
        os.replace(unfinished, wheel)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(source: zipfile.ZipFile, goal: zipfile.ZipFile, texts: dict[str, bytes]) -> None:
    record = _only(source, "RECORD")
    info = record.filename.rpartition("/")[0]
    metadata = _only(source, "METADATA").filename
    lines = []

    def put(member: zipfile.ZipInfo, content: bytes) -> None:
        goal.writestr(member, content, zipfile.ZIP_DEFLATED, 9)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{member.filename},sha256={digest},{len(content)}\n")

    for member in source.infolist():
        if member.filename == record.filename or member.filename.startswith(f"{info}/licenses/"):
            continue
        content = source.read(member)
        put(member, _with_licences(content, texts) if member.filename == metadata else content)
    for name in sorted(texts):
        put(_like(record, f"{info}/licenses/{name}"), texts[name])
    goal.writestr(_like(record, record.filename), "".join(lines) + f"{record.filename},,\n", zipfile.ZIP_DEFLATED, 9)


def _only(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The member of that name in the one `*.dist-info` of a wheel."""
    found = [member for member in archive.infolist() if re.fullmatch(rf"[^/]+\.dist-info/{name}", member.filename)]
    if len(found) != 1:
        raise SystemExit(f"{archive.filename}: no wheel, it has {len(found)} {name}")
    return found[0]


def _like(member: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    """A member of another name, as of the same time and with the same permissions."""
    like = zipfile.ZipInfo(name, member.date_time)
    like.create_system, like.external_attr = member.create_system, member.external_attr
    return like


def _with_licences(metadata: bytes, texts: dict[str, bytes]) -> bytes:
    """METADATA whose head names the texts. Nothing else of it changes."""
    head, _, body = metadata.decode().partition("\n\n")
    kept = [line for line in head.split("\n") if not line.startswith("License-File:")]
    version = next((line.removeprefix("Metadata-Version: ") for line in kept if line.startswith("Metadata-Version: ")), "0")
    if tuple(map(int, version.split("."))) < (2, 4):
        raise SystemExit(f"METADATA is of version {version}, which names no files of licences: maturin 1.9 and newer write 2.4")
    named = [f"License-File: {name}" for name in sorted(texts)]
    return "\n".join([*kept, *named, "", body]).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--papers", type=Path, required=True)
    asked = parser.parse_args()
    add(asked.wheel, licences.texts(asked.papers))
    print(asked.wheel)


if __name__ == "__main__":
    main()
