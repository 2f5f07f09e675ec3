"""Tries to make a user namespace, in which it would have every capability: by unshare, by clone and by clone3."""

import ctypes
import os
import platform
import signal
import struct

from attempt import serve, trying

SYSCALL = ctypes.CDLL(None).syscall
UNSHARE, CLONE = (272, 56) if platform.machine() == "x86_64" else (97, 220)
CLONE3, NEWUSER = 435, 0x10000000


def succeeds_in_a_child(*call: object) -> bool:
    if not (child := os.fork()):
        os._exit(int(SYSCALL(*call) < 0))
    return os.waitpid(child, 0)[1] == 0


with trying("unshare"):
    assert succeeds_in_a_child(UNSHARE, NEWUSER)
with trying("clone"):
    assert succeeds_in_a_child(CLONE, NEWUSER | signal.SIGCHLD, 0, 0, 0, 0)
with trying("clone, with bits beyond"):
    assert succeeds_in_a_child(CLONE, ctypes.c_ulong(1 << 34 | NEWUSER | signal.SIGCHLD), 0, 0, 0, 0)
with trying("clone3"):
    assert succeeds_in_a_child(CLONE3, struct.pack("=QQQQQQQQ", NEWUSER, 0, 0, 0, signal.SIGCHLD, 0, 0, 0), 64)
serve()
