"""Cuts the notes of a version out of CHANGELOG.md.

    python3 scripts/release/notes.py 1.2.0      the section [1.2.0]
    python3 scripts/release/notes.py --draft    the section [Unreleased]

A version without a section, or with an empty one, is no release: this says so and ends with 1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def notes(changelog: str, version: str) -> str:
    """The section of a version without its heading; `Unreleased` is one."""
    sections = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]
    for section in sections:
        heading, _, body = section.partition("\n")
        if heading.startswith(f"[{version}]"):
            # Links to other versions, which stand at the end of the file, belong to none.
            body = re.sub(r"^\[[^\]]+\]: .*\n?", "", body, flags=re.MULTILINE).strip()
            if not body:
                raise SystemExit(f"CHANGELOG.md: the section [{version}] is empty")
            return body + "\n"
    raise SystemExit(f"CHANGELOG.md has no section [{version}]: give [Unreleased] that name, with the date")


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    version = "Unreleased" if sys.argv[1] == "--draft" else sys.argv[1]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(notes(CHANGELOG.read_text("utf-8"), version))


if __name__ == "__main__":
    main()
