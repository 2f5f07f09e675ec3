"""Reads proc_pid_stat(5), the line in which Linux says how a process or a thread is doing.

The second field is the program's name in parentheses, which may have blanks and parentheses itself:
so the fields are counted from behind the last one.
"""

from __future__ import annotations

import os


def fields_behind_name(directory: str) -> list[bytes]:
    """From the third field, the state, to the last; `directory` is that of a process or of one of
    its threads. Raises OSError, FileNotFoundError or ProcessLookupError when it has ended."""
    with open(f"{directory}/stat", "rb") as file:
        return file.read().rpartition(b") ")[2].split()


_EXIT_CODE = 49
"""Of these fields: how it ended, as wait(2) has it; 0 for whoever may not know."""


def signal_that_ended(directory: str) -> int:
    """The signal that ended a process nobody has waited for yet; 0 when that is none. Raises as
    `fields_behind_name`."""
    fields = fields_behind_name(directory)
    return int(fields[_EXIT_CODE]) & 0x7F if fields[0] == b"Z" and len(fields) > _EXIT_CODE else 0


_BEGAN = 19
"""Of these fields: when it began, in ticks since the system did."""


def began_s(directory: str) -> float:
    """When it began, in seconds of CLOCK_BOOTTIME, rounded down to a tick. Raises as
    `fields_behind_name`."""
    return int(fields_behind_name(directory)[_BEGAN]) / os.sysconf("SC_CLK_TCK")


def state(directory: str) -> str:
    """The letter of its state: "R" runnable, "S" asleep, "Z" dead... Raises as
    `fields_behind_name`."""
    return fields_behind_name(directory)[0].decode("ascii")


_TERMINAL = 4
"""Of these fields: the device of its session's terminal; 0 where it has none."""


def terminal(directory: str) -> int:
    """The device number of the terminal of its session, as in a stat result; 0 where there is none.
    Raises as `fields_behind_name`."""
    return int(fields_behind_name(directory)[_TERMINAL])
