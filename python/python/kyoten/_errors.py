"""What can be wrong, as an exception that carries every diagnostic in both languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ._lang import is_japanese


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong: 何が、どこで問題か、どうすればよいか。"""

    id: str
    """A stable name, listed in docs/messages.md."""
    severity: str
    """``error``; of a notice ``skipped``, ``mended``, ``warning`` or ``note``."""
    place: str | None
    """The file, with the line where there is one, or the layer."""
    message: str
    message_ja: str
    help: str | None
    """What to do about it."""
    help_ja: str | None

    def __str__(self) -> str:
        message, help = (self.message_ja, self.help_ja) if is_japanese() else (self.message, self.help)
        line = f"{self.place}: {message}" if self.place else message
        return f"{line}\n  {help}" if help else line


class KyotenError(ValueError):
    """Nothing was done, and nothing was written: the input cannot be used, or an output cannot be written.

    何も行わず、何も書いていません。``diagnostics`` に、問題のすべてが両方の言語であります。
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(str(one) for one in self.diagnostics)

    @classmethod
    def _of_json(cls, text: str) -> KyotenError:
        return cls([Diagnostic(**one) for one in json.loads(text)])

    @property
    def id(self) -> str:
        """That of the first diagnostic."""
        return self.diagnostics[0].id

    @property
    def message(self) -> str:
        """That of the first diagnostic, in English."""
        return self.diagnostics[0].message

    @property
    def message_ja(self) -> str:
        """That of the first diagnostic, in Japanese 日本語の文。"""
        return self.diagnostics[0].message_ja

    @property
    def place(self) -> str | None:
        """That of the first diagnostic."""
        return self.diagnostics[0].place

    @property
    def help(self) -> str | None:
        """That of the first diagnostic, in English."""
        return self.diagnostics[0].help
