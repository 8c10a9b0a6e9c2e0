"""What has to be passed on with the program, wherever it goes: the licences of kyoten and of all that is built into it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: By their places in the repository, since THIRD-PARTY.md links to them.
_PAGES = ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md", "src/maps/still/font/OFL.txt")
#: The one of the papers that is a licence; the other lists components.
_CRATES = "THIRD-PARTY-CRATES.txt"


def texts(papers: Path) -> dict[str, bytes]:
    """The licences by name; `papers` is the folder into which `cargo about` wrote."""
    found = {name: (ROOT / name).read_bytes() for name in _PAGES}
    return found | {_CRATES: (papers / _CRATES).read_bytes()}
