"""Whether gradings leave anything on the machine: a large mixed class, and a look around before and
after it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from tests.bad_input.bench import adopt_orphans
from tests.benchmark.mixed import write_class
from tests.temporary import scratch_place
from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

GRADINGS = 500
_LOOK_S = 1.0
_PUBLIC = ("/tmp", "/var/tmp", "/dev/shm", "/run")


def measured(jobs: int) -> dict[str, Any]:
    """One class of so many submissions, `jobs` at a time. What is left: in words, nothing when all
    is well.

    The grader's own memory is told in MiB, of the process that lives as long as the class, over
    each fifth of its time: at its highest.
    """
    adopt_orphans()
    with tempfile.TemporaryDirectory() as place, scratch_place() as scratch:
        submissions = write_class(Path(place), GRADINGS)
        before = _machine()
        code, memory = _graded(submissions, jobs, scratch)
        left = [
            f"a process: {' '.join(one.cmdline())}"
            for one in psutil.Process().children(recursive=True)
        ]
        left += [f"a temporary file: {name}" for name in sorted(os.listdir(scratch))]
        left += [
            f"{kind}: {one}"
            for kind, now in _machine().items()
            for one in sorted(now - before[kind])
        ]
    return {
        "gradings": GRADINGS,
        "jobs": jobs,
        "exit_code": code,
        "left": left,
        "memory_mib": _fifths(memory),
    }


def _machine() -> dict[str, set[str]]:
    """What may be left where everybody can leave something."""
    return {
        "a mount": set(Path("/proc/self/mounts").read_text().splitlines()),
        "a file": {
            f"{place}/{name}"
            for place in _PUBLIC
            if os.path.isdir(place)
            for name in os.listdir(place)
        },
        "a listening port": {
            str(one.laddr[1])
            for one in psutil.net_connections("inet")
            if one.laddr and one.status == psutil.CONN_LISTEN
        },
        "shared memory": set(Path("/proc/sysvipc/shm").read_text().splitlines()[1:]),
    }


def _graded(submissions: Sequence[Path], jobs: int, scratch: Path) -> tuple[int, list[float]]:
    """The exit code of the class, and the memory of its first process, a look each second."""
    command = [
        sys.executable,
        "-m",
        "grader",
        "--quiet",
        "--all",
        "--jobs",
        str(jobs),
        f"--python={sys.executable}",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    memory: list[float] = []
    with subprocess.Popen(
        [*command, *map(str, submissions)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as running:
        process = psutil.Process(running.pid)
        while True:
            memory.append(process.memory_info().rss / 2**20)
            try:
                return running.wait(_LOOK_S), memory
            except subprocess.TimeoutExpired:
                continue


def _fifths(memory: Sequence[float]) -> list[float]:
    size = max(1, len(memory) // 5)
    return [
        round(max(memory[start : start + size]), 1)
        for start in range(0, min(len(memory), 5 * size), size)
    ]
