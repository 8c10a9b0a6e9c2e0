"""Is a file that was chosen from the disk a whole zip or wheel with the program, and nothing that does harm?"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import stat
import zipfile
from pathlib import Path, PurePosixPath

from ..strings import tr

#: More than any release unpacks to, in bytes.
_MOST = 1 << 30
_PIECE = 1 << 20


class Refused(Exception):
    """Why a file is not installed, in the reader's language."""


def check(file: Path, digest: str) -> None:
    """Raises `Refused` where the file is not as it should be.

    `digest` is the SHA-256 that the file must have; empty where it is not known.
    """
    if not zipfile.is_zipfile(file):
        raise Refused(tr("{file}: this is neither a zip nor a wheel (.whl).").format(file=file))
    if digest and _sha256(file) != digest.strip().lower():
        reason = tr("{file}: its SHA-256 is not the one that was given. Download it again.")
        raise Refused(reason.format(file=file))
    with zipfile.ZipFile(file) as archive:
        _check_members(archive, file)
        damaged = archive.testzip()
        if damaged is not None:
            reason = tr("{file}: damaged at {name}. Download it again.")
            raise Refused(reason.format(file=file, name=damaged))
        _check_record(archive, file)


def _sha256(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _check_members(archive: zipfile.ZipFile, file: Path) -> None:
    """No member leads out of the folder, none is a link, and all together have room."""
    members = archive.infolist()
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or ":" in member.filename or is_link:
            reason = tr("{file}: {name} would be written outside of its folder. This is no release of kyoten.")
            raise Refused(reason.format(file=file, name=member.filename))
    if sum(member.file_size for member in members) > _MOST:
        raise Refused(tr("{file}: it unpacks to more than 1 GiB. This is no release of kyoten.").format(file=file))


def _check_record(archive: zipfile.ZipFile, file: Path) -> None:
    """A wheel lists the SHA-256 of its files. Source: the binary distribution format of PyPA, "the RECORD file"."""
    names = archive.namelist()
    for record in (name for name in names if name.endswith(".dist-info/RECORD")):
        for row in csv.reader(io.TextIOWrapper(archive.open(record), "utf-8", newline="")):
            name, digest = row[0], row[1]
            if digest.startswith("sha256=") and (name not in names or _encoded(archive.read(name)) != digest):
                reason = tr("{file}: damaged at {name}. Download it again.")
                raise Refused(reason.format(file=file, name=name))


def _encoded(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
