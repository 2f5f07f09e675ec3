"""Owns how a time is said: in the unit that suits it, with no more digits than help. Pure."""

from __future__ import annotations

import math


def said(seconds: float, step: float | None = None) -> str:
    """`0.25 ms`, `12 ms`, `2.0 s`. step: write as many digits as tell apart two times that are so
    far from each other.

    >>> said(0.0123), said(2.0), said(0.004, 0.002)
    ('12 ms', '2.0 s', '4 ms')
    """
    scale = step or seconds
    in_seconds = scale >= (0.2 if step else 1.0) or seconds >= 10
    value, unit = (seconds, "s") if in_seconds else (seconds * 1000, "ms")
    if step:
        digits = max(0, -math.floor(math.log10(step if in_seconds else step * 1000) + 1e-9))
    else:
        digits = 1 if in_seconds or value < 10 else 0
        digits = 2 if value < 1 and not in_seconds else digits
    return f"{value:.{min(digits, 6)}f} {unit}"


def moment(seconds: float) -> str:
    """When something happened, exactly enough to tell it from the next: `0.41 ms`, `2.002 s`."""
    return f"{seconds:.3f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"
