"""What binds a program on every system, in the child before exec: limits, no new privileges, death
with the grader."""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import TYPE_CHECKING, Final

from grader.isolation.syscalls import (
    SET_CHILD_SUBREAPER,
    SET_NO_NEW_PRIVS,
    SET_PDEATHSIG,
    leave_session_keyring,
    prctl,
)

if TYPE_CHECKING:
    from grader.limits import Limits

_MIB: Final = 1 << 20
SLACK: Final = 64
"""Processes beyond the limit that the kernel still allows: whoever watches has to see that the
limit was passed."""

_GRACE_S: Final = 5
"""Between SIGXCPU, by whose number the limit is known, and SIGKILL."""


def adopt_orphans() -> None:
    """Orphaned daemons become our children, so that they can be found."""
    if sys.platform == "linux":
        prctl(SET_CHILD_SUBREAPER)


def die_with(parent: int, number: int = signal.SIGKILL) -> None:
    """Get this signal when the thread that started us ends; Linux only, elsewhere the grader's own
    cleanup must do."""
    if sys.platform == "linux":
        prctl(SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it ended before we could say so
            os._exit(125)


def restrain(limits: Limits, *, others: int = 0) -> None:
    """No privilege by exec, no key of ours, and the kernel's own limits.

    others: how many processes our user has elsewhere. Of processor time, each process gets what all
    together may use: who watches adds them up.
    """
    if sys.platform == "linux":
        prctl(SET_NO_NEW_PRIVS)
        leave_session_keyring()
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_size * _MIB,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_NPROC: limits.processes + others + SLACK,
    }
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        later = (
            bound + _GRACE_S
            if what == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY
            else bound
        )
        resource.setrlimit(what, (bound, later))


def threads_of(uid: int) -> int:
    """How many threads of this user there are, for RLIMIT_NPROC counts them all; 0 where nobody
    says."""
    count = 0
    try:
        processes = [name for name in os.listdir("/proc") if name.isdecimal()]
    except OSError:
        return 0
    for name in processes:
        try:
            if os.stat(f"/proc/{name}").st_uid == uid:
                count += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            continue
    return count
