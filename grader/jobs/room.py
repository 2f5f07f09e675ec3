"""How many gradings are under way at a time: as many as keep the processors busy.

Most of a grading is waiting, above all that of a server that hangs. So one more begins as soon as a
processor has had nothing to do for a moment, and a grading that only waits holds no place. Bounds:
what all of them may use has to fit in the memory that is free, and never are there more for each
processor than right servers were shown to pass beside (`python -m tests.trust patience`).
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.system.processor_time import unused_s
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.limits import Limits

MOST_FOR_EACH: Final = 8
LOOK_S: Final = 0.2
_UNUSED: Final = 0.5
"""Of one processor: how much of it has to be unused between two looks."""

_OWN_MIB: Final = 256
"""What the grader, the reference and the file system in memory take beside a submission."""


class Bounds(Value, frozen=True):
    """How many at a time: `least` whatever the machine does, up to `most` where it has room."""

    least: int
    most: int

    def at_most(self, count: int) -> Bounds:
        return Bounds(min(self.least, count), min(self.most, count))

    def __str__(self) -> str:
        return f"{self.least} to {self.most}" if self.most > self.least else str(self.least)


ONE: Final = Bounds(1, 1)


def bounds(cores: int, limits: Limits) -> Bounds:
    """Where nobody has said how many."""
    fit = _available_mib() // (limits.memory + _OWN_MIB)
    return Bounds(cores, max(cores, min(fit, MOST_FOR_EACH * cores)))


class Room:
    """Whether one more can begin. unused: the seconds that processors have had nothing to do, by
    any clock that is theirs."""

    def __init__(
        self,
        bounds: Bounds,
        unused: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bounds = bounds
        self._unused = unused or unused_s
        self._clock = clock
        self._before = (clock(), self._unused())

    def has_one(self, under_way: int) -> bool:
        """To be asked again and again while so many are under way."""
        if under_way < self._bounds.least:
            self._look()
            return True
        if under_way >= self._bounds.most or self._clock() < self._before[0] + LOOK_S:
            return False
        (began, unused), (now, unused_now) = self._before, self._look()
        return unused_now - unused >= _UNUSED * (now - began)

    def next_look_s(self, under_way: int) -> float | None:
        """Seconds until it is worth asking again; None as long as so many are under way."""
        if under_way >= self._bounds.most:
            return None
        return max(0.0, self._before[0] + LOOK_S - self._clock())

    def _look(self) -> tuple[float, float]:
        self._before = (self._clock(), self._unused())
        return self._before


def _available_mib() -> int:
    for line in _text("/proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) >> 10
    return 0


def _text(path: str) -> str:
    with suppress(OSError):
        return Path(path).read_text(encoding="ascii")
    return ""
