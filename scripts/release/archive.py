"""Writes a zip whose bytes hang on what is in it alone: names in order, one time, one of two permissions."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

#: Permissions of a file that is run, and of any other.
_RUN, _READ = 0o100755, 0o100644
#: Before this a zip can tell no time.
_EARLIEST = 315532800


def write(goal: Path, members: dict[str, tuple[bytes, bool]], epoch: int) -> None:
    """Writes members, each with its bytes and whether it is run, as of a time in seconds since 1970 (UTC)."""
    moment = time.gmtime(max(epoch, _EARLIEST))[:6]
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            content, is_run = members[name]
            member = zipfile.ZipInfo(name, moment)
            # Unix: else whoever unpacks gives nobody the right to run it.
            member.create_system = 3
            member.external_attr = (_RUN if is_run else _READ) << 16
            archive.writestr(member, content, zipfile.ZIP_DEFLATED, 9)
