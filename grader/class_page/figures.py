"""Scores and times of a class, in figures and sentences. Pure."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.class_page.rows import ClassRow

_STEP: Final = 10  # per cent
_MINUTE_S, _HOUR_S = 60, 3600


class Bin(Value, frozen=True):
    """How many submissions have a score from `low` to `high` per cent of the points. width: of its
    bar, in per cent of the widest one."""

    low: int
    high: int
    count: int
    width: int


def score_bins(rows: Sequence[ClassRow]) -> list[Bin]:
    """From the highest to the lowest, with one of its own for all points: 100, 90 to 99, ... 0 to
    9. A share is rounded down, so that only all points are 100 per cent."""
    shares = [
        100 * row.score // row.max_score for row in rows if row.score is not None and row.max_score
    ]
    bounds = [(100, 100), *((low, low + _STEP - 1) for low in range(90, -1, -_STEP))]
    counts = [sum(low <= it <= high for it in shares) for low, high in bounds]
    widest = max(1, *counts)
    return [
        Bin(*span, count, 100 * count // widest) for span, count in zip(bounds, counts, strict=True)
    ]


def scores_sentence(rows: Sequence[ClassRow]) -> str:
    """The median and the middle half, in points; "" without a score."""
    scores = [row.score for row in rows if row.score is not None]
    if not scores:
        return ""
    most = max(row.max_score for row in rows if row.score is not None)
    middle = f"The median is {median(scores):g} of {counted(most, 'point')}."
    if len(scores) < 4:
        return middle
    low, _, high = quantiles(scores, n=4, method="inclusive")
    return f"{middle} Half of the submissions have {low:g} to {high:g} points."


def times_sentence(rows: Sequence[ClassRow]) -> str:
    """All of them together, and one; "" without any."""
    times = [row.took_s for row in rows if row.took_s]
    if not times:
        return ""
    return (
        f"Grading took {duration(sum(times))} for all submissions together,"
        f" {duration(median(times))} for one (median), {duration(max(times))} at most."
    )


def duration(seconds: float) -> str:
    """`3.1 s`, `4 min 5 s`, `2 h 10 min`."""
    if seconds < _MINUTE_S:
        return f"{seconds:.1f} s"
    if seconds < _HOUR_S:
        minutes, rest = divmod(round(seconds), _MINUTE_S)
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(round(seconds / _MINUTE_S), _MINUTE_S)
    return f"{hours} h {minutes} min"
