"""What the kernel books for the processors that we may use: nothing to do, and not given to us.

By proc_stat(5), in steps of 10 ms as a rule. Where the system does not say, nothing is booked.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

_IDLE, _WAITING, _STEAL = 4, 5, 8  # fields of a line; the second: only a disk to wait for
_A_SECOND: Final = os.sysconf("SC_CLK_TCK")


def unused_s() -> float:
    """Seconds in which they have had nothing to do, all together."""
    return sum(int(line[_IDLE]) + int(line[_WAITING]) for line in _lines()) / _A_SECOND


def stolen_s() -> tuple[float, ...]:
    """Seconds that each of them was given to another virtual machine, although something wanted to
    run: a thread is booked neither as running nor as queued then."""
    return tuple(int(line[_STEAL]) / _A_SECOND for line in _lines())


def _lines() -> list[list[str]]:
    with suppress(OSError), open("/proc/stat", encoding="ascii") as file:
        usable = {f"cpu{number}" for number in os.sched_getaffinity(0)}
        return [fields for fields in map(str.split, file) if fields and fields[0] in usable]
    return []
