"""What one running server for many checks saves: launches and time of the base track, with and
without `--fresh`.

    python tests/benchmark/launches.py [RUNS]

On the reference, on a server in node (left out where there is no node) and on one that takes a
second to start. Both ways take turns within each run, so that a busy machine slows both.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RIGHT = ROOT / "tests" / "right_servers"
# `grade`, and at the end how often it has launched the program: on standard error, where nothing
# else is.
COUNTED = """
import sys
from grader.commands.entry import run
from grader.program.launch import Launcher
launch, count = Launcher.launch, [0]
def counted(self, *given):
    count[0] += 1
    return launch(self, *given)
Launcher.launch = counted
code = run(sys.argv[1:])
sys.exit(code or print(count[0], file=sys.stderr))
"""


def main() -> None:
    """Measure, and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"base track, {runs} runs (medians)")
    for name, command in servers().items():
        found = {way: [measure(command, way) for _ in range(runs)] for way in ((), ("--fresh",))}
        reused, fresh = (
            (statistics.median(s for s, _ in one), one[0][1]) for one in found.values()
        )
        print(
            f"  {name:<22} {reused[0]:6.2f} s, {reused[1]:3} launches   with --fresh"
            f" {fresh[0]:6.2f} s, {fresh[1]:3}"
        )


def servers() -> dict[str, list[str]]:
    """The commands, by what they are."""
    every = {
        "the reference": [sys.executable, "-m", "reference"],
        "a server in node": ["node", str(RIGHT / "frameworks" / "node_app.js")],
        "a second to start": [
            "sh",
            "-c",
            f'sleep 1; exec {sys.executable} -m reference "$@"',
            "sh",
        ],
    }
    return {name: command for name, command in every.items() if shutil.which(command[0])}


def measure(command: list[str], way: tuple[str, ...]) -> tuple[float, int]:
    """Seconds of one grading, and how often it launched the program, the reference as the oracle
    among them."""
    options = ["--all", "--quiet", "--seed=1", *way]
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", COUNTED, *options, "--", *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    took = time.perf_counter() - began
    if run.returncode:
        raise SystemExit(f"{command} does not pass: exit {run.returncode} {run.stderr}")
    return took, int(run.stderr)


if __name__ == "__main__":
    main()
