"""What was noticed of the data: counted by kind, a few named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ._lang import is_japanese


@dataclass(frozen=True)
class Notice:
    """A problem of the data that stopped nothing: 読み飛ばし・補修・注意。"""

    id: str
    """A stable name, listed in docs/messages.md."""
    severity: str
    """``skipped``, ``mended``, ``warning`` or ``note``."""
    layer: str
    """The key of the layer in ``[layers]``."""
    count: int
    what: str
    what_ja: str
    examples: tuple[str, ...]
    examples_ja: tuple[str, ...]
    advice: str | None
    advice_ja: str | None

    def __str__(self) -> str:
        if is_japanese():
            return f"[{self.layer}] {self.what_ja}（{self.count}件）"
        return f"[{self.layer}] {self.count} {self.what}"


def _notice(record: dict[str, Any]) -> Notice:
    plain = {key: record[key] for key in ("id", "severity", "layer", "count", "what", "what_ja")}
    return Notice(
        **plain,
        examples=tuple(record.get("examples") or ()),
        examples_ja=tuple(record.get("examples_ja") or ()),
        advice=record.get("advice") or None,
        advice_ja=record.get("advice_ja") or None,
    )


def notices_of(records: str | list[dict[str, Any]]) -> list[Notice]:
    """Notices as ``run.json`` has them."""
    return [_notice(one) for one in (json.loads(records) if isinstance(records, str) else records)]
