"""What is said of several runs of one submission."""

from __future__ import annotations

from grader.report.model import (
    Environment,
    Isolation,
    Repetition,
    RunHeader,
    RunRepeated,
    RunShown,
    RunStarted,
    Verdict,
)
from grader.report.partial import Partial
from grader.reporters import repeated
from grader.reporters.closing import broken_off_lines
from grader.reporters.progress import opening_lines
from grader.text.style import Style

RUNS = (
    Repetition(5, Verdict.PASSED),
    Repetition(6, Verdict.FAILED, ("echo/slashes",)),
    Repetition(7, Verdict.FAILED, ("echo/slashes", "echo/long")),
    Repetition(8, Verdict.FAILED, ("echo/long",)),
    Repetition(9, Verdict.FAILED, ("echo/long",)),
)
HEADER = RunHeader(
    "course", "Course", "server.py", ("server.py",),
    Environment("0", "3", "here", Isolation("plain"), 5, strict=False, repeat=20),
    "2000-01-01T00:00:00Z",
)  # fmt: skip


def test_the_headline_counts_the_runs_and_names_the_first_seed() -> None:
    assert repeated.headline(RUNS) == "FAILED: 4 of 5 runs failed, first with seed 6"
    assert repeated.headline(RUNS[:1] * 3) == "PASSED: all of 3 runs"
    unjudged = (RUNS[0], Repetition(8, Verdict.ERRORED))
    assert repeated.headline(unjudged) == (
        "ERRORED (not your server's fault): 1 of 2 runs could not be judged, first with seed 8"
    )


def test_each_failing_check_has_its_count_and_its_first_seed() -> None:
    assert repeated.failing_checks(RUNS) == [
        "echo/long: failed in 3 of 5 runs, first with seed 7",
        "echo/slashes: failed in 2 of 5 runs, first with seed 6",
    ]
    assert repeated.failing_checks(()) == []


def test_the_opening_line_names_the_runs_and_their_seeds() -> None:
    (line, *_) = opening_lines(RunStarted(HEADER, ((1, "echo", "Echo"),)), Style(80))
    assert line == "Grading server.py: stage 1 echo, 20 runs, seeds 5 to 24"


def test_an_interrupted_repetition_tells_what_came_of_the_runs_before() -> None:
    partial = Partial().after(RunStarted(HEADER, ()))
    for run in RUNS[:2]:
        partial = partial.after(RunRepeated(run))
    partial = partial.after(RunShown(6, Verdict.FAILED))
    report = partial.broken_off(None, 1.0)
    assert report is not None
    assert report.repetitions == RUNS[:2]
    assert report.header.environment.seed == 6
    lines = broken_off_lines(report, Style(80), selected=1, interrupted=True)
    assert lines[1] == "INTERRUPTED: 2 of 20 runs done, 1 failed, first with seed 6"


def test_the_running_line_fits_and_counts() -> None:
    line = repeated.running_line(RUNS, 20, Style(80))
    assert line.endswith("run 6 of 20, 4 failed so far")
