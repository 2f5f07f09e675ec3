"""Slows down the grader and the test: by prlimit, and by every call that sets a priority or a processor."""

import ctypes
import os
import platform
import resource
import struct
from pathlib import Path

from attempt import TARGETS, serve, trying

SYSCALL = ctypes.CDLL(None).syscall
SCHED_SETATTR, IOPRIO_SET, IOPRIO_GET = (314, 251, 252) if platform.machine() == "x86_64" else (274, 30, 31)
SCHED_IDLE, ONE_PROCESS, LEAST_OF_BEST_EFFORT = 5, 1, 2 << 13 | 7


def graders() -> list[int]:
    found = []
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if TARGETS["mark"].encode() in Path("/proc", name, "cmdline").read_bytes():
                found.append(int(name))
        except OSError:
            continue
    return found


for pid in graders():  # whoever is told that it worked looks whether it did
    with trying(f"a limit of {pid}"):
        soft, hard = resource.prlimit(pid, resource.RLIMIT_STACK)
        wanted = (soft // 2 if soft > 0 else 1 << 22, hard)
        resource.prlimit(pid, resource.RLIMIT_STACK, wanted)
        assert resource.prlimit(pid, resource.RLIMIT_STACK) == wanted
    with trying(f"the priority of {pid}"):
        wanted = os.getpriority(os.PRIO_PROCESS, pid) + 1
        os.setpriority(os.PRIO_PROCESS, pid, wanted)
        assert os.getpriority(os.PRIO_PROCESS, pid) == wanted
    with trying(f"the priority of the group of {pid}"):
        group = os.getpgid(pid)
        wanted = os.getpriority(os.PRIO_PGRP, group) + 1
        os.setpriority(os.PRIO_PGRP, group, wanted)
        assert os.getpriority(os.PRIO_PGRP, group) == wanted
    with trying(f"the input and output of {pid}"):
        assert SYSCALL(IOPRIO_SET, ONE_PROCESS, pid, LEAST_OF_BEST_EFFORT) == 0
        assert SYSCALL(IOPRIO_GET, ONE_PROCESS, pid) == LEAST_OF_BEST_EFFORT
    with trying(f"the attributes of {pid}"):
        attributes = struct.pack("=IIQiIQQQ", 48, SCHED_IDLE, 0, 0, 0, 0, 0, 0)
        assert SYSCALL(SCHED_SETATTR, pid, attributes, 0) == 0
        assert os.sched_getscheduler(pid) == SCHED_IDLE
for pid in (*graders(), TARGETS["pid"]):  # the test is left as it could be again
    with trying(f"the processors of {pid}"):
        fewer = set(sorted(os.sched_getaffinity(pid))[:-1])
        os.sched_setaffinity(pid, fewer)
        assert os.sched_getaffinity(pid) == fewer
    with trying(f"the scheduler of {pid}"):
        os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))
        assert os.sched_getscheduler(pid) == os.SCHED_BATCH
serve()
