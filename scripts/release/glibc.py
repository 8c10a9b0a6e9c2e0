"""Which C library does a program for Linux ask for? The newest version of a symbol that it names.

    python3 scripts/release/glibc.py FILE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def newest(content: bytes) -> str:
    """The version, as `glibc 2.34`. Names of versions stand as texts in the table of dynamic strings."""
    found = {tuple(map(int, version.split(b"."))) for version in re.findall(rb"GLIBC_(\d+\.\d+(?:\.\d+)?)\0", content)}
    if not found:
        return "no glibc"
    return "glibc " + ".".join(map(str, max(found)))


if __name__ == "__main__":
    print(newest(Path(sys.argv[1]).read_bytes()))
