"""How much sooner a class is graded with more jobs, as a ratio to one job.

    python -m tests.benchmark.throughput [SUBMISSIONS [RUNS]]

The class is mixed: right, broken and hanging servers. All counts of jobs take turns within each
run, so that a busy machine slows them all; and every run has to come to the same verdicts.
"""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmark.mixed import ROOT, write_class

JOBS = (1, 2, 4, 8)


def main() -> None:
    """Measure, and print the medians."""
    given = [int(text) for text in sys.argv[1:]]
    count, runs = (*given, *(40, 3)[len(given) :])
    with tempfile.TemporaryDirectory() as place:
        chosen = write_class(Path(place), count)
        measured = [{jobs: measure(chosen, jobs) for jobs in JOBS} for _ in range(runs)]
    verdicts = {found for run in measured for _, found in run.values()}
    print(f"{count} submissions, {os.cpu_count()} cores, {runs} runs (medians)")
    for jobs in JOBS:
        ratio = statistics.median(run[1][0] / run[jobs][0] for run in measured)
        seconds = statistics.median(run[jobs][0] for run in measured)
        print(f"  {jobs} at a time {seconds:7.1f} s   {ratio:5.2f} x")
    if len(verdicts) != 1:
        raise SystemExit("the verdicts are not the same in every run")


def measure(submissions: list[Path], jobs: int) -> tuple[float, tuple[str, ...]]:
    """Seconds to grade them all, and the verdicts."""
    with tempfile.TemporaryDirectory() as place:
        summary = Path(place) / "summary.csv"
        options = [
            "--quiet",
            "--seed",
            "1",
            "--jobs",
            str(jobs),
            f"--summary={summary}",
            f"--python={sys.executable}",
        ]
        began = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-m", "grader", *options, *map(str, submissions)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        took = time.perf_counter() - began
        if run.returncode != 1:  # some are broken, and every one can be judged
            raise SystemExit(f"the class cannot be graded: exit {run.returncode}")
        with open(summary, encoding="utf-8", newline="") as file:
            return took, tuple(row["verdict"] for row in csv.DictReader(file))


if __name__ == "__main__":
    main()
