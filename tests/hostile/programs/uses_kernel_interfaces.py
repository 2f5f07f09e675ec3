"""Tries what a server has no use for and much in the kernel answers to: io_uring, userfaultfd, perf events, and bpf."""

import ctypes
import platform
import struct

from attempt import serve, trying

SYSCALL = ctypes.CDLL(None).syscall
PERF, BPF, USERFAULT = (298, 321, 323) if platform.machine() == "x86_64" else (241, 280, 282)
RING_SETUP = 425
USER_MODE_ONLY, NOT_THE_KERNEL, MAP_CREATE = 1, 0b1100000, 0

with trying("io_uring"):
    assert SYSCALL(RING_SETUP, 8, ctypes.create_string_buffer(120)) >= 0
with trying("userfaultfd"):
    assert SYSCALL(USERFAULT, USER_MODE_ONLY) >= 0
with trying("a performance event"):  # of software, the processor's clock, of this process
    event = struct.pack("=IIQQQQQ", 1, 112, 0, 0, 0, 0, NOT_THE_KERNEL).ljust(112, b"\0")
    assert SYSCALL(PERF, event, 0, -1, -1, 0) >= 0
with trying("a map of bpf"):
    assert SYSCALL(BPF, MAP_CREATE, struct.pack("=IIII", 2, 4, 4, 1).ljust(72, b"\0"), 72) >= 0
serve()
