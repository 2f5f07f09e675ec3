"""What a load generator measured in one run, whichever it is. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

PERCENTILES: Final = (50, 90, 99)


class UnreadOutput(ValueError):
    """The output of a generator is not what its version is known to print."""


class Latencies(Value, frozen=True):
    """Of the answers that came, in seconds from request to end: so many percent took no longer."""

    p50: float
    p90: float
    p99: float


class LoadFigures(Value, frozen=True):
    """One run of a generator.

    seconds: how long it lasted. answers: those that came whole, with whatever status. refused: of
    these, the ones with a status of 400 or more. broken: connections that were refused or reset, or
    ended before an answer was whole. latencies: None where no answer came.
    """

    seconds: float
    answers: int
    refused: int
    broken: int
    latencies: Latencies | None

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds if self.seconds > 0 else 0.0


def latencies_of(seconds: Sequence[float]) -> Latencies | None:
    """The percentiles by the nearest rank; None of nothing.

    >>> latencies_of([0.3, 0.1, 0.2])
    Latencies(p50=0.2, p90=0.3, p99=0.3)
    """
    if not seconds:
        return None
    ranked = sorted(seconds)
    return Latencies(*(ranked[math.ceil(len(ranked) * p / 100) - 1] for p in PERCENTILES))
