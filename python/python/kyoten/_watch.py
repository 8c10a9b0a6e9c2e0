"""How far is it? Told to a callback, or shown by tqdm where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._lang import is_japanese

NativeProgress = Callable[[str, str, "int | None", "int | None"], None]


@dataclass(frozen=True)
class Progress:
    """How far a run is: どの段階で、何筆のうち何筆まで済んだか。"""

    stage: str
    stage_ja: str
    done: int | None
    """So many parcels are done; ``None`` while none are measured."""
    of: int | None


def told(progress: Callable[[Progress], object] | bool | None) -> NativeProgress | None:
    """What the compiled part calls."""
    if progress is None or progress is False:
        return None
    if progress is True:
        return _bar()
    return lambda *told: _ignore(progress(Progress(*told)))


def _ignore(_: object) -> None:
    return None


def _bar() -> NativeProgress:
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise ImportError("progress=True is shown by tqdm, which is not installed: pip install tqdm") from error
    bar: Any = None

    def tell(stage: str, stage_ja: str, done: int | None, of: int | None) -> None:
        nonlocal bar
        if done is None:
            if bar is not None:
                bar.set_description(stage_ja if is_japanese() else stage)
            return
        if bar is None:
            bar = tqdm(total=of, unit="筆" if is_japanese() else "parcel", desc=stage_ja if is_japanese() else stage)
        bar.update(done - bar.n)
        if done == of:
            bar.close()

    return tell
