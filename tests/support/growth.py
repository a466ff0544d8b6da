"""How the time of some work grows with its text: a ratio, since a machine's seconds say little."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# Over a fourfold length linear time is 4, quadratic 16.
NEARLY_LINEAR = 9


def growth(work: Callable[[str], object], piece: str, size: int = 2000) -> float:
    """Time for a text of four times `size` characters over that for one of `size`, each the quickest of some runs."""
    work(piece)
    long = piece * (4 * size // len(piece) + 1)
    return _seconds(work, long[: 4 * size]) / _seconds(work, long[:size])


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Seconds of this process alone, without the collector's, so that a busy machine changes little."""

    def once() -> float:
        begun = time.process_time()
        work(text)
        return time.process_time() - begun

    gc.disable()
    try:
        return min(once() for _ in range(3))
    finally:
        gc.enable()
