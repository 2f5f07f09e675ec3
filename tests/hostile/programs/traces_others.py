"""Tries to trace the grader and the test, to read and write their memory, and to take their open files."""

import ctypes
import os
from pathlib import Path

from attempt import TARGETS, serve, trying

LIBC = ctypes.CDLL(None, use_errno=True)
PTRACE_ATTACH, PTRACE_SEIZE, PIDFD_OPEN, PIDFD_GETFD = 16, 0x4206, 434, 438


class Piece(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_size_t))


def aims() -> list[int]:
    found = [TARGETS["pid"]]
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if TARGETS["mark"].encode() in Path("/proc", name, "cmdline").read_bytes():
                found.append(int(name))
        except OSError:
            continue
    return found


own = ctypes.create_string_buffer(8)
for pid in aims():
    with trying(f"a trace of {pid}"):
        assert LIBC.ptrace(PTRACE_SEIZE, pid, 0, 0) == 0 or LIBC.ptrace(PTRACE_ATTACH, pid, 0, 0) == 0
    for name in ("process_vm_readv", "process_vm_writev"):
        here, there = Piece(ctypes.addressof(own), 8), Piece(0x1000, 8)
        with trying(f"{name} of {pid}"):
            done = getattr(LIBC, name)(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
            assert done >= 0 or ctypes.get_errno() == 14  # EFAULT: allowed, and nothing is there
    with trying(f"an open file of {pid}"):
        handle = LIBC.syscall(PIDFD_OPEN, pid, 0)
        assert handle >= 0
        assert LIBC.syscall(PIDFD_GETFD, handle, 1, 0) >= 0
    with trying(f"writes to the memory of {pid}"):
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR))
serve()
