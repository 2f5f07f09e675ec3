"""Tries to signal and to trace the process of the test, with a signal that does nothing."""

import ctypes
import os

from attempt import TARGETS, serve, trying

with trying("a signal"):
    os.kill(TARGETS["pid"], 0)
with trying("a trace"):
    assert ctypes.CDLL(None).ptrace(0x4206, TARGETS["pid"], 0, 0) == 0  # PTRACE_SEIZE
serve()
