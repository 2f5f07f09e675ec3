"""Work that tells what its process is, and leaves what it can behind; then it waits for a line."""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.isolation.syscalls import libc
from tests.unit.warm import left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.warm.work import Work

GET_DUMPABLE = 3


def loaded(ahead: Sequence[str]) -> Work:
    """What a warm process loads here."""
    began = os.getpid()

    def work(arguments: Sequence[str], more: Sequence[int]) -> int:
        told = {**_facts(), "ahead": list(ahead), "warm": began, "arguments": list(arguments)}
        left.BEHIND.append(arguments[0])
        os.environ["LEFT"] = arguments[0]
        for descriptor in more:
            os.write(descriptor, b"given")
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        sys.stdin.readline()
        return len(left.BEHIND)

    return work


def _facts() -> dict[str, Any]:
    seen = os.listdir("/proc/self/fd")
    return {
        "pid": os.getpid(),
        "parent": os.getppid(),
        "threads": len(os.listdir("/proc/self/task")),
        "descriptors": sorted(int(name) for name in seen if Path(f"/proc/self/fd/{name}").exists()),
        "command": Path("/proc/self/cmdline").read_text().rstrip("\0"),
        "group": os.getpgid(0),
        "directory": os.getcwd(),
        "environment": dict(os.environ),
        "random": random.random(),
        "name": tempfile.mktemp(),
        "behind": list(left.BEHIND),
        "dumpable": libc().prctl(GET_DUMPABLE, 0, 0, 0, 0),
    }
