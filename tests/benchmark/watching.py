"""How soon a watch has the verdict of a stage after a save, and how long the bare server takes to
start, in turn."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pexpect

from tests.benchmark.counter import ROOT

if TYPE_CHECKING:
    from tests.benchmark.servers import Server

STAGES = (
    "bind-port", "ok", "paths", "echo", "headers", "concurrency", "files", "gzip", "keep-alive",
)  # fmt: skip
_SHOWN = "q quit"
_VERDICT = "checks? passed"


def measured(server: Server, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """For each stage, seconds from each save to the verdict, and of a bare start."""
    return {slug: _of_stage(server, slug, rounds) for slug in STAGES}


def _of_stage(server: Server, slug: str, rounds: int) -> list[tuple[float, float]]:
    program = server.place / server.command[-1]
    words = [
        "-P", "-m", "grader", "watch", str(program), "--stage", slug, "--python", sys.executable,
        "--no-color",
    ]  # fmt: skip
    watch = pexpect.spawn(
        sys.executable, words, encoding="utf-8", timeout=60,
        env={**os.environ, "CI": "", "PYTHONPATH": str(ROOT)}, dimensions=(50, 100),
    )  # fmt: skip
    found = []
    for _ in range(rounds):
        watch.expect_exact(_SHOWN)
        start = server.bare_start()
        time.sleep(1)  # nobody saves twice within a second of a verdict; a worker is prepared
        program.touch()
        began = time.perf_counter()
        watch.expect(_VERDICT)
        found.append((time.perf_counter() - began, start))
    watch.expect_exact(_SHOWN)
    watch.send("q")
    watch.expect(pexpect.EOF)
    watch.close()
    return found
