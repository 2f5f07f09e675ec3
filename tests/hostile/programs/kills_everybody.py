"""Kills every process it can see; it looks first whether those are only its own."""

import contextlib
import os
import signal

from attempt import TARGETS, serve, trying

with trying("it sees the machine's processes"):
    assert os.readlink("/proc/self/ns/pid") == TARGETS["processes"]
with contextlib.suppress(OSError):
    os.kill(-1, signal.SIGKILL)
for name in filter(str.isdecimal, os.listdir("/proc")):
    if int(name) not in (os.getpid(), os.getppid()):
        with contextlib.suppress(OSError):
            os.kill(int(name), signal.SIGKILL)
with contextlib.suppress(OSError):
    os.kill(1, signal.SIGKILL)
serve()
