"""How a check's time grows with its text: a ratio, since a machine's seconds say little."""

from __future__ import annotations

import time
from collections.abc import Callable

# Over a fourfold length linear time is 4, quadratic 16.
NEARLY_LINEAR = 9


def growth(work: Callable[[str], object], piece: str, size: int = 2000) -> float:
    """Time for a text of four times `size` characters over that for one of `size`, each the quicker of two runs."""
    work(piece)
    long = piece * (4 * size // len(piece) + 1)
    return _seconds(work, long[: 4 * size]) / _seconds(work, long[:size])


def _seconds(work: Callable[[str], object], text: str) -> float:
    def once() -> float:
        begun = time.perf_counter()
        work(text)
        return time.perf_counter() - begun

    return min(once() for _ in range(2))
