"""Tries to see a process that is not its own, and how the grader was called."""

import os
from pathlib import Path

from attempt import TARGETS, serve, trying

for name in filter(str.isdecimal, os.listdir("/proc")):
    with trying(f"the command line of {name}"):
        assert TARGETS["mark"].encode() in Path("/proc", name, "cmdline").read_bytes()
with trying("the process that the test started"):
    os.stat(f"/proc/{TARGETS['pid']}")
serve()
