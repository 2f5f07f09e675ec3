"""How long the base track takes on the reference, as a ratio to what its servers need to start at
all.

    python tests/benchmark/base_track.py [RUNS]

Both are measured in the same minute and in turn, so that a busy machine slows both. A start-up
counts from the spawn until the port accepts; grading with all advice starts the submission twice
(without and with a directory), and the reference once more as the oracle. The submission is a copy
of the reference in a directory of its own, as learners have one.
"""

from __future__ import annotations

import compileall
import os
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAUNCHES = 2 + 1
REFERENCE = [sys.executable, "-m", "reference"]
GRADE = [sys.executable, "-m", "grader", "--all", "--strict", "--seed", "1", "--", *REFERENCE]


@dataclass(frozen=True)
class Run:
    """Seconds: of one grading, until its first line, and of one bare start-up."""

    grading: float
    first_line: float
    start: float


def main() -> None:
    """Measure, and print the medians."""
    with tempfile.TemporaryDirectory() as place:
        submission = Path(place)
        shutil.copytree(
            ROOT / "reference",
            submission / "reference",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        compileall.compile_dir(submission, quiet=1)  # as it is after its first run
        submission.chmod(0o755)
        runs = [measure(submission) for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10)]
    grading, first, start = (
        statistics.median(getattr(run, name) for run in runs)
        for name in ("grading", "first_line", "start")
    )
    ratio = statistics.median(run.grading / (LAUNCHES * run.start) for run in runs)
    print(f"base track, all advice, {len(runs)} runs (medians)")
    print(f"  first line        {first * 1000:6.0f} ms")
    print(
        f"  whole run         {grading * 1000:6.0f} ms  (fastest"
        f" {min(r.grading for r in runs) * 1000:.0f})"
    )
    print(f"  one bare start-up {start * 1000:6.0f} ms")
    print(f"  whole run = {ratio:.2f} x the sum of the {LAUNCHES} start-ups in it")


def measure(submission: Path) -> Run:
    """One bare start-up, then one grading."""
    start, environment = bare_start(submission), {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    with subprocess.Popen(
        GRADE, cwd=submission, env=environment, stdout=subprocess.PIPE
    ) as grading:
        assert grading.stdout is not None
        select.select([grading.stdout], [], [])
        first_line = time.perf_counter() - began
        grading.stdout.read()
    if grading.returncode:
        raise SystemExit(f"the reference does not pass: exit {grading.returncode}")
    return Run(time.perf_counter() - began, first_line, start)


def bare_start(submission: Path) -> float:
    """Seconds from spawning the reference until it accepts a connection."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    command = [*REFERENCE, "--port", str(port)]
    with subprocess.Popen(command, cwd=submission, stdout=subprocess.DEVNULL) as server:
        while True:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            select.select([], [], [], 0.001)
        elapsed = time.perf_counter() - began
        server.terminate()
    return elapsed


if __name__ == "__main__":
    main()
