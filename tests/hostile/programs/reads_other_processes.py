"""Tries to find the grader's secret in the environment and in the memory of every process that it can see."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from attempt import TARGETS, serve, trying

SECRET = TARGETS["secret"].encode()
LARGEST = 64 << 20


def memory(name: str) -> Iterator[bytes]:
    """What can be read of it, mapping by mapping."""
    maps = Path("/proc", name, "maps").read_text()
    with open(f"/proc/{name}/mem", "rb", buffering=0) as file:
        for first, end in re.findall(r"^(\w+)-(\w+) rw", maps, re.MULTILINE):
            with contextlib.suppress(OSError, OverflowError):
                file.seek(int(first, 16))
                yield file.read(min(int(end, 16) - int(first, 16), LARGEST))


for name in filter(str.isdecimal, os.listdir("/proc")):
    if int(name) == os.getpid():
        continue
    with trying(f"the environment of {name}"):
        assert SECRET in Path("/proc", name, "environ").read_bytes()
    with trying(f"the memory of {name}"):
        assert any(SECRET in piece for piece in memory(name))
serve()
