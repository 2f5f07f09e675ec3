"""Reads proc_pid_stat(5), the line in which Linux says how a process or a thread is doing.

The second field is the program's name in parentheses, which may have blanks and parentheses itself:
so the fields are counted from behind the last one.
"""

from __future__ import annotations


def fields_behind_name(directory: str) -> list[bytes]:
    """From the third field, the state, to the last; `directory` is that of a process or of one of
    its threads. Raises OSError, FileNotFoundError or ProcessLookupError when it has ended."""
    with open(f"{directory}/stat", "rb") as file:
        return file.read().rpartition(b") ")[2].split()


def state(directory: str) -> str:
    """The letter of its state: "R" runnable, "S" asleep, "Z" dead... Raises as
    `fields_behind_name`."""
    return fields_behind_name(directory)[0].decode("ascii")
