"""The line that says how far a class has come, and reasons that several share."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from grader.isolation.plain import Plain
from grader.jobs.class_progress import duration, left_s, progress_line
from grader.jobs.class_screen import ClassScreen, Concurrency, table_lines
from grader.jobs.processes import GradingProcess
from grader.jobs.reason_groups import shared_reasons
from grader.jobs.results import ClassOutcome, ClassResult
from grader.jobs.room import ONE
from grader.report.model import RunStarted, Verdict
from grader.text.style import Style
from tests.unit.book.reports import of_marks
from tests.unit.jobs.briefs import brief

STYLE = Style(80)


def test_how_far_it_has_come() -> None:
    running = [("bob", 12.4), ("ada", 80.2)]
    assert progress_line(37, 69, running, 230.0, STYLE) == (
        "37/69 graded, 2 running (ada 80 s, bob 12 s), about 4 min left"
    )
    assert (
        progress_line(0, 69, running, None, STYLE) == "0/69 graded, 2 running (ada 80 s, bob 12 s)"
    )


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_names_are_whole_or_not_there(width: int) -> None:
    names = ["lovelace_ada_LATE_1234_5678_server", "b" * 70, "carl\x1b[2J", "日本" * 9]
    line = progress_line(1, 9, [(name, 3.0) for name in names], 60, Style(width))
    assert len(line) < width
    assert line.isprintable()
    for name in names[:2]:
        assert name in line or name[:5] not in line


def test_how_long_it_takes() -> None:
    assert left_s(0, 9, 100.0) is None
    assert left_s(10, 5, 100.0) == 50.0
    assert [duration(it) for it in (0, 14, 58, 60, 3000, 3600, 9000, 86400)] == [
        "10 s", "10 s", "60 s", "1 min", "50 min", "1 hour", "2 h 30 min", "24 hours",
    ]  # fmt: skip


def _screen(*, live: bool) -> str:
    stream = io.StringIO()
    clock = iter(range(0, 1000, 10))
    names = ["ada", "bob", "carl"]
    screen = ClassScreen(stream, STYLE, names, live=live, clock=lambda: float(next(clock)))
    header = of_marks(ok=".").header
    screen.open(
        RunStarted(header, ((1, "ok", "OK"),)), Concurrency(ONE, Plain(Path()), "off", 1), (), 1
    )
    process = GradingProcess(1, Path(), None, 10.0, 0.0)  # type: ignore[arg-type]
    screen.show([process], 1)
    screen.ended(1, ClassResult(ClassOutcome.PASSED, None, brief(Verdict.PASSED, 72, 9, 80)), None)
    screen.show([GradingProcess(2, Path(), None, 30.0, 0.0)], 0)  # type: ignore[arg-type]
    assert screen.next_look_s(None) == (1.0 if live else None)
    return stream.getvalue()


def test_a_pipe_gets_plain_lines_and_a_terminal_one_that_moves() -> None:
    assert "running" not in _screen(live=False)
    assert "\x1b" not in _screen(live=False)
    shown = _screen(live=True)
    assert "1/3 graded, 1 running (bob 10 s)\r\x1b[K" in shown
    assert shown.endswith("\r\x1b[K2/3 graded, 1 running (carl 0 s), about 20 s left")


def test_a_long_name_is_not_cut() -> None:
    name = "lovelaceada_LATE_104_20211_my_web_server_final_version_2"
    passed = ClassResult(ClassOutcome.PASSED, None, brief(Verdict.PASSED, 72, 9, 80))
    lines = table_lines([("bob", passed), (name, passed)], 24, STYLE)
    assert [line.strip() for line in lines[1:]] == [
        f"✓ ok     {name}",
        "9/9 stages    72/72 points",
    ]


def _errored(name: str, reason: str) -> tuple[str, str, ClassResult]:
    return name, f"class/{name}", ClassResult(ClassOutcome.ERRORED, reason)


def test_reasons_that_several_share() -> None:
    uv = "uv is not on this machine, and class/{}/run.sh needs it: install uv"
    rows = [
        _errored("ada", uv.format("ada")),
        _errored("bob", uv.format("bob")),
        _errored("carl", "class/carl: no memory for carl"),
        _errored("dora", "class/dora: no memory for dora"),
        _errored("erin", "class/erin: no memory for erin"),
        _errored("fred", "on its own"),
        ("gina", "class/gina", ClassResult(ClassOutcome.NOT_GRADED, "no program")),
        ("hans", "class/hans", ClassResult(ClassOutcome.NOT_GRADED, "no program")),
    ]
    assert shared_reasons(rows) == [
        "3 submissions could not be judged for the same reason (SUBMISSION: no memory for"
        " SUBMISSION): carl, dora, erin.",
        "2 submissions need uv, which this machine does not have: ada, bob.",
    ]
