"""The processes that wait between the grader and a program in its own process namespace."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from typing import NoReturn

from grader.isolation.syscalls import SET_DUMPABLE, SET_PDEATHSIG, prctl
from grader.system.process_stat import fields_behind_name


def fork_and_wait() -> None:
    """Fork: the parent reaps until its child ends, and ends with its status; the child goes on.

    Done twice: the first child is process 1 of the new process namespace, the second is the
    program.
    """
    if child := os.fork():
        _wait_and_exit(child)
    prctl(SET_PDEATHSIG, signal.SIGKILL)


def forget_arguments() -> None:
    """Whoever waits for the program shows it a command line, and ours has the seed: wipe the copy
    that a fork got.

    Of proc(5)'s stat, the fields 48 to 51: where the arguments begin and end, and the environment.
    """
    fields = fields_behind_name("/proc/self")
    for first, end in (map(int, fields[45:47]), map(int, fields[47:49])):
        if 0 < first < end:
            ctypes.memset(first, 0, end - first)


def _wait_and_exit(child: int) -> NoReturn:
    """A bare waiter still holds the grader's memory, so it is made unreadable, and keeps no
    descriptor open."""
    with contextlib.suppress(OSError):
        prctl(SET_DUMPABLE, 0)
    os.closerange(0, 65536)
    status = 0
    with contextlib.suppress(ChildProcessError):
        while (got := os.wait())[0] != child:
            pass
        status = os.waitstatus_to_exitcode(got[1])
    os._exit(status if status >= 0 else 128 - status)
