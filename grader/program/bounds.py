"""What a program may use, and how it begins under that."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from grader import own_memory
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.isolation.cgroup import LaunchGroup as Group
    from grader.limits import Limits


class ProgramBounds(Value, frozen=True):
    """What a program may use. ends_at: when the run is over, on the monotonic clock. disks: a
    directory on each disk that it alone writes to. group: its cgroup, where the kernel bounds
    it."""

    limits: Limits
    ends_at: float
    disks: tuple[Path, ...] = ()
    group: Group | None = None

    def hit_by_signal(self, status: int) -> str:
        """The rest of a sentence when the kernel ended it for a limit, setrlimit(2); else empty."""
        ended = {
            128 + signal.SIGXCPU: f"used more than {self.limits.cpu} s of processor time",
            128 + signal.SIGXFSZ: f"wrote a file of more than {self.limits.file_size} MiB",
        }
        return f"{ended[status]} and was stopped" if status in ended else ""

    def disk_is_full(self) -> str:
        """The rest of a sentence when it is; else empty."""
        with contextlib.suppress(OSError):
            if any(os.statvfs(disk).f_bavail == 0 for disk in self.disks):
                return f"filled its disk of {self.limits.disk} MiB"
        return ""


def steps(
    confine: Callable[[], None] | None, bounds: ProgramBounds | None
) -> list[Callable[[], None]]:
    """What is done in the child before the program begins: it gets the room of an ordinary one, and
    is contained."""
    group = bounds.group.enter if bounds and bounds.group else None
    found = (own_memory.restore, own_memory.go_first if bounds else None, group, confine)
    return [step for step in found if step is not None]
