"""The command line by which a forked process is known to who looks at processes: its own, in place
of that of the process it was forked from."""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING, Final

from grader.system.process_stat import fields_behind_name

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOM: Final = "-" * 4096
"""The last argument of a process whose children shall have longer ones."""


def rename(command: Sequence[str]) -> None:
    """Write over our arguments, as far as there is room; proc(5)'s stat says where they are.

    As setproctitle(3) does: in one string, and where the last byte of the room is not 0, the kernel
    shows what comes before the first one that is.
    """
    first, end = map(int, fields_behind_name("/proc/self")[45:47])
    if 0 < first < end:
        room = end - first - 2
        title = b" ".join(map(os.fsencode, command))[:room].ljust(room + 1, b"\0") + b"."
        ctypes.memmove(first, title, len(title))
