"""Whether a program computes all the time."""

from __future__ import annotations

from typing import Final, NamedTuple

_SPINNING: Final = 0.9
"""Of the time, how much a program wants the processor that never sleeps."""


class Busy(NamedTuple):
    """For how many seconds its threads wanted the processor, and of how many in which they were
    never seen asleep."""

    wanted_s: float
    of_s: float

    @property
    def spins(self) -> bool:
        """Whether that is nearly all the time: what works now and then wants less."""
        return self.wanted_s > _SPINNING * self.of_s
