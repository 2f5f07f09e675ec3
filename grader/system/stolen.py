"""The time that a virtual machine was not given its processors, although something would run."""

from __future__ import annotations

import os
from typing import Final

_STEAL: Final = 8  # its column in the line of all processors, after their name


def stolen_s() -> float:
    """Seconds since the start of the machine, of all processors together, in steps of 10 ms as a
    rule (proc_stat(5), steal); 0.0 where the system does not say. A thread is booked neither as
    running nor as queued then.
    """
    try:
        with open("/proc/stat", "rb") as file:
            return int(file.readline().split()[_STEAL]) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return 0.0
