"""How points become the score that a gradebook gets: scale, weights, and rounding. Pure.

All is counted in fractions, and rounded once, at the end: to so many decimals, halves up.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.text.escape import printable
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from grader.gradebooks.result import Result, StageScore

_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
MOST_DECIMALS: Final = 4


class Weight(Value, frozen=True):
    """How much a stage or a track counts, by its slug."""

    part: str
    weight: Fraction


class Counting(Value, frozen=True):
    """scale: what all is worth; None: the points, or the sum of the weights. weights: of stages and
    tracks; none: each point counts alike. decimals: how many are kept."""

    scale: Fraction | None = None
    weights: tuple[Weight, ...] = ()
    decimals: int = 2

    @property
    def says(self) -> str:
        """In a sentence, for who reads the scores; empty where these are the points."""
        if self.scale is None and not self.weights:
            return ""
        parts = [f"{it.part} {decimal(it.weight, MOST_DECIMALS)}" for it in self.weights]
        weighed = f"weights: {', '.join(parts)}; nothing else counts" if parts else ""
        out_of = "" if self.scale is None else f"out of {decimal(self.scale, MOST_DECIMALS)}"
        decimals = f"{self.decimals} decimal{'s' if self.decimals != 1 else ''}"
        return "; ".join(filter(None, (weighed, out_of, f"rounded to {decimals}, halves up")))


POINTS: Final = Counting()


class Score(Value, frozen=True):
    """points: rounded. most: what they are out of. is_rounded: whether something was lost."""

    points: Decimal
    most: Decimal
    is_rounded: bool = False


class Unweighed(Exception):
    """A result has no score by these weights. The message says why, as the end of a sentence."""


def counting_of(scale: str | None, weights: Sequence[str], decimals: int) -> Counting:
    """What the options say: `20`, and `files=2` or several with commas between. Raises
    `UsageError`."""
    if not 0 <= decimals <= MOST_DECIMALS:
        raise UsageError(f"--decimals: from 0 to {MOST_DECIMALS}")
    words = [word.strip() for said in weights for word in said.split(",") if word.strip()]
    taken: dict[str, Fraction] = {}
    for word in words:
        part, _, number = word.rpartition("=")
        if not part.strip():
            raise UsageError(f"--weights {printable(word)}: write it as STAGE=N or TRACK=N")
        if part.strip() in taken:
            raise UsageError(f"--weights names {printable(part.strip())} twice")
        taken[part.strip()] = _number(number.strip(), "--weights")
    if taken and not any(taken.values()):
        raise UsageError("--weights: one of them has to be more than 0")
    found = tuple(Weight(part, weight) for part, weight in taken.items())
    whole = None if scale is None else _number(scale.strip(), "--scale")
    if whole == 0:
        raise UsageError("--scale has to be more than 0")
    return Counting(whole, found, decimals)


def require_known(counting: Counting, results: Iterable[Result]) -> None:
    """Raises `UsageError` for a weight of what none of these results has."""
    stages = {stage for result in results for stage in result.stages}
    known = {stage.stage for stage in stages} | {stage.track for stage in stages}
    for it in counting.weights if known else ():
        if it.part not in known:
            close = did_you_mean(it.part, known)
            raise UsageError(
                f"--weights: no stage or track of these results is called {it.part!r}{close}"
            )


def score_of(result: Result, counting: Counting) -> Score | None:
    """None where it was not judged. Raises `Unweighed` where it was judged, but not in what the
    weights name."""
    if not result.is_scored:
        return None
    if counting.weights:
        share, most = _weighed(result.stages, counting.weights)
    else:
        most = Fraction(result.max_points)
        if not most:
            raise Unweighed("none of its checks has points")
        share = Fraction(result.points, result.max_points)
    if counting.scale is not None:
        most = counting.scale
    exact = share * most
    points = decimal(exact, counting.decimals)
    return Score(points, decimal(most, MOST_DECIMALS), Fraction(points) != exact)


def score_or_why(result: Result, counting: Counting) -> tuple[Score | None, str]:
    """The score, or why there is none, in a few words."""
    try:
        return score_of(result, counting), result.outcome.replace("_", " ")
    except Unweighed as error:
        return None, str(error)


def decimal(number: Fraction, decimals: int) -> Decimal:
    """Rounded to so many decimals, halves up, and without zeros at the end. Not for negative ones.

    >>> str(decimal(Fraction(5, 2), 0)), str(decimal(Fraction(20), 2))
    ('3', '20')
    """
    scale: int = 10**decimals
    whole = (2 * number.numerator * scale + number.denominator) // (2 * number.denominator)
    digits = str(whole).rjust(decimals + 1, "0")
    before, after = digits[: len(digits) - decimals], digits[len(digits) - decimals :].rstrip("0")
    return Decimal(f"{before}.{after}" if after else before)


def _weighed(
    stages: Collection[StageScore], weights: Sequence[Weight]
) -> tuple[Fraction, Fraction]:
    """The share of what can be had, and the sum of the weights. A stage that is named counts by
    itself, and not in its track."""
    named = {it.part for it in weights}
    total = Fraction(0)
    for it in weights:
        own = [stage for stage in stages if stage.stage == it.part] or [
            stage for stage in stages if stage.track == it.part and stage.stage not in named
        ]
        most = sum(stage.max_points for stage in own)
        if not most:
            raise Unweighed(f"it was not graded in {it.part}, or nothing there has points")
        total += it.weight * Fraction(sum(stage.points for stage in own), most)
    whole = sum((it.weight for it in weights), Fraction(0))
    return total / whole, whole


def _number(text: str, option: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise UsageError(f"{option}: {printable(text)!r} is not a number such as 20 or 2.5")
    return Fraction(text)
