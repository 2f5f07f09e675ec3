"""How long it takes from a save to the verdict: the mistakes of mistakes.yaml, saved one after the
other while `grade watch` runs.

    python -m tests.learning.saves [--every N] [--write]

Each stage has one watch, which grades the right program before and after each mistake, as a learner
who mends it. With --write the figures go to docs/figures/saves.json.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from tests.learning.mistakes import PROGRAMS, mistakes
from tests.trust import figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.learning.mistakes import Mistake

PROGRAM = "server.py"
KEYS = "q quit"
PATIENCE_S = 300


def saves(every: int) -> Iterator[tuple[Mistake, float]]:
    """Each mistake, and the seconds until its verdict stands on the screen."""
    chosen = [it for it in mistakes() if it.program == PROGRAM and it.can_be_started][::every]
    for stage, here in groupby(sorted(chosen, key=lambda it: it.stage), key=lambda it: it.stage):
        with tempfile.TemporaryDirectory(dir="/tmp") as place:
            yield from _watched(stage, list(here), Path(place) / PROGRAM)


def _watched(
    stage: str, chosen: Sequence[Mistake], program: Path
) -> Iterator[tuple[Mistake, float]]:
    right = (PROGRAMS / PROGRAM).read_text(encoding="utf-8")
    program.write_text(right, encoding="utf-8")
    child = pexpect.spawn(
        sys.executable, ["-m", "grader", "watch", "--stage", stage, PROGRAM],
        cwd=str(program.parent), env={**os.environ, "PYTHONPATH": str(figures.ROOT)},
        encoding="utf-8", timeout=PATIENCE_S, dimensions=(24, 200),
    )  # fmt: skip
    try:
        child.expect_exact(KEYS)
        for mistake in chosen:
            yield mistake, _seconds(child, program, mistake.source)
            _seconds(child, program, right)
        child.send("q")
        child.expect(pexpect.EOF)
    finally:
        child.close(force=True)


def _seconds(child: pexpect.spawn[str], program: Path, text: str) -> float:
    """Save, and wait for what stands below the verdict."""
    began = time.monotonic()
    program.write_text(text, encoding="utf-8")
    child.expect_exact("changed: checking")
    child.expect_exact(KEYS)
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the seconds from a save to the verdict.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth mistake")
    parser.add_argument("--write", action="store_true", help="keep the figures")
    asked = parser.parse_args()
    found = []
    for mistake, seconds in saves(asked.every):
        found.append(round(seconds, 2))
        sys.stdout.write(f"{seconds:6.2f} s  {mistake.stage}: {mistake.does}\n")
        sys.stdout.flush()
    median, slowest = statistics.median(found), max(found)
    sys.stdout.write(f"{len(found)} saves: median {median:.2f} s, slowest {slowest:.2f} s\n")
    if asked.write:
        measured = {"saves": len(found), "median_s": median, "slowest_s": slowest}
        load = {"load": [round(it, 1) for it in os.getloadavg()]}
        command = f"python -m tests.learning.saves --every {asked.every} --write"
        figures.save("saves", command, {**measured, **load})


if __name__ == "__main__":
    main()
