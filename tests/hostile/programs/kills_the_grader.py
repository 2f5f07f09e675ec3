"""Kills the grader, if it can find it."""

import os
import signal
from pathlib import Path

from attempt import TARGETS, serve, trying

for name in (*filter(str.isdecimal, os.listdir("/proc")), str(os.getppid())):
    with trying(f"the grader, process {name}"):
        assert TARGETS["mark"].encode() in Path("/proc", name, "cmdline").read_bytes()
        os.kill(int(name), signal.SIGKILL)
serve()
