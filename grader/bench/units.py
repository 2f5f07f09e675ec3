"""Rates, times and ratios as people read them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from grader.bench.compare import Ratio

NOTHING: Final = "-"


def rate(value: float | None) -> str:
    """Answers a second.

    >>> [rate(number) for number in (None, 0.25, 7.46, 12345.6)]
    ['-', '0.2', '7.5', '12,346']
    """
    if value is None:
        return NOTHING
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def duration(seconds: float | None) -> str:
    """In the unit that fits.

    >>> [duration(number) for number in (None, 0.000071, 0.0123, 0.158, 2.5)]
    ['-', '0.071 ms', '12 ms', '158 ms', '2.5 s']
    """
    if seconds is None:
        return NOTHING
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{two_digits(seconds * 1000)} ms"


def short(seconds: float | None) -> str:
    """In as little room as can be.

    >>> [short(number) for number in (0.0123, 2.5)]
    ['12ms', '2.5s']
    """
    return duration(seconds).replace(" ", "")


def factor(value: float) -> str:
    """How often.

    >>> [factor(number) for number in (0.083, 1.5, 2.04, 250.3)]
    ['0.083 times', '1.5 times', '2.0 times', '250 times']
    """
    return f"{two_digits(value)} times"


def factors(found: Ratio) -> str:
    """From the lowest to the highest."""
    low, high = two_digits(found.low), two_digits(found.high)
    return f"{low} times" if low == high else f"{low} to {high} times"


def two_digits(value: float) -> str:
    """Two digits that say something, and all that come before the point."""
    if value >= 9.95:
        return f"{value:.0f}"
    for places in (1, 2, 3):
        if value >= 0.995 * 10 ** (1 - places):
            return f"{value:.{places}f}"
    return f"{value:.3f}"
