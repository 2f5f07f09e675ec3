"""What a terminal shows of a class: in lines that fit, in the order given, safe whatever is in a
name or a reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from grader.isolation import LEVELS, Needs
from grader.isolation.plain import Plain
from grader.jobs.class_screen import (
    ClassScreen,
    Concurrency,
    ended_lines,
    name_width,
    opening_lines,
    table_lines,
)
from grader.jobs.results import ClassOutcome, ClassResult
from grader.jobs.room import ONE, Bounds
from grader.report.brief import FirstFailed
from grader.report.model import Environment, Isolation, RunHeader, RunStarted, Verdict
from grader.text.style import Style
from tests.unit.jobs.briefs import brief

REQUIREMENT = "A server MUST find a header whatever the case of its name"
STYLE = Style(80, encoding="utf-8")
PASSED = ClassResult(
    ClassOutcome.PASSED,
    None,
    brief(Verdict.PASSED, 72, 9, 80),
    3.14,
)
FAILED = ClassResult(
    ClassOutcome.FAILED,
    None,
    brief(Verdict.FAILED, 6, 4, 40, FirstFailed("headers/any_case", REQUIREMENT)),
    12.0,
)
SLOW = ClassResult(
    ClassOutcome.ERRORED, "stopped after 600 s; 3 checks judged", FAILED.brief, 600.0
)
DEAD = ClassResult(ClassOutcome.ERRORED, "its grading was killed by SIGKILL", None, 1.0)
ABSENT = ClassResult(
    ClassOutcome.NOT_GRADED, "there is no file class/dave.py; did you mean class/dan.py?", None, 0.2
)
STARTED = RunStarted(
    RunHeader(
        "c",
        "C",
        "",
        (),
        Environment("1", "3", "x", Isolation("plain"), 7, True),
        "2026-01-01T00:00:00Z",
    ),
    ((1, "ok", "OK"), (2, "echo", "Echo")),
)


def test_a_line_for_each_that_ends() -> None:
    wide = Style(120)
    assert ended_lines("ann", PASSED, 4, wide) == [
        "  ✓ ok     ann    9/9 stages    72/72 points    3.1 s"
    ]
    assert ended_lines("bob", FAILED, 4, wide) == [
        f"  ✗ FAIL   bob    4/9 stages     6/72 points   12.0 s  {REQUIREMENT}"
    ]
    assert ended_lines("dave", DEAD, 4, wide) == [
        "  ! error  dave  its grading was killed by SIGKILL"
    ]


def test_what_does_not_fit_goes_below() -> None:
    assert ended_lines("bob", FAILED, 4, STYLE) == [
        "  ✗ FAIL   bob    4/9 stages     6/72 points   12.0 s",
        f"           {REQUIREMENT}",
    ]
    assert ended_lines("dave", ABSENT, 4, STYLE) == [
        "  - skip   dave  not graded: there is no file class/dave.py; did you mean",
        "                 class/dan.py?",
    ]


def test_another_level_than_that_of_the_class_is_named() -> None:
    assert ended_lines("ann", PASSED, 4, STYLE, "namespaces") == ended_lines(
        "ann", PASSED, 4, STYLE
    )
    assert ended_lines("ann", PASSED, 4, STYLE, "bubblewrap") == [
        *ended_lines("ann", PASSED, 4, STYLE),
        "           isolation: namespaces, not bubblewrap",
    ]
    assert ended_lines("dave", ABSENT, 4, STYLE, "bubblewrap") == ended_lines(
        "dave", ABSENT, 4, STYLE
    )


def test_the_table_is_a_line_for_each() -> None:
    assert table_lines(
        [("ann", PASSED), ("bob", FAILED), ("carl", SLOW), ("dave", ABSENT)], 4, STYLE
    ) == [
        "  ✓ ok     ann    9/9 stages    72/72 points",
        "  ✗ FAIL   bob    4/9 stages     6/72 points  headers/any_case",
        "  ! error  carl  stopped after 600 s; 3 checks judged",
        "  - skip   dave  not graded: there is no file class/dave.py; did you mean cla...",
    ]


@pytest.mark.parametrize("found", [DEAD, ABSENT, SLOW])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_nothing_steers_the_terminal(found: ClassResult, encoding: str) -> None:
    style = Style(80, encoding=encoding)
    hostile = ClassResult(found.outcome, "\x1b[2J\n\u202e\udcff" * 50, found.brief)
    name = "\x1b]0;x\x07é" * 9
    for line in [
        *ended_lines(name, hostile, 24, style),
        *table_lines([(name, hostile)], 24, style),
    ]:
        assert line.isprintable()
        assert len(line) <= 80
        line.encode(encoding)


def test_the_column_of_names() -> None:
    assert name_width(["a", "日本"]) == 4
    assert name_width(["x" * 100]) == 24
    assert name_width([]) == 0


def _crowding(sandbox: str, *, jobs: int = 3, ways: tuple[str, ...] = ()) -> Concurrency:
    level = Plain(Path("/nowhere"))
    return Concurrency(
        Bounds(jobs, jobs),
        level.because(("no namespaces: EPERM",)) if sandbox == "auto" else level,
        sandbox,
        4221,
        ways,
    )


def test_one_at_a_time_says_why_and_how_to_change_it() -> None:
    crowding = _crowding("auto", ways=("user.max_user_namespaces is 0; ...",))
    assert crowding.at_once == ONE
    assert crowding.why == (
        "Grading one at a time: here submissions share one network, and all need port 4221.",
        "no namespaces: EPERM",
        "user.max_user_namespaces is 0; ...",
    )
    assert (
        _crowding("off").why[1]
        == "Without --sandbox off each gets its own network, if namespaces work here."
    )
    assert (
        _crowding("plain").why[1]
        == "Without --sandbox plain each gets its own network, if namespaces work here."
    )


def test_one_at_a_time_that_was_asked_for() -> None:
    assert _crowding("auto", jobs=1).why == ()


def test_several_at_a_time() -> None:
    level = LEVELS["namespaces"](Path("/nowhere"), Needs())
    crowding = Concurrency(Bounds(3, 3), level, "auto", 4221)
    assert (crowding.at_once, crowding.why) == (Bounds(3, 3), ())
    lines = opening_lines(["a", "b", "c", "d"], STARTED, crowding, STYLE)
    assert lines[0] == "Grading 4 submissions: stages 1-2, seed 7, strict, 3 in parallel"
    assert lines[1].startswith("  isolation: namespaces; ")
    lines = opening_lines(["a"], STARTED, Concurrency(Bounds(2, 9), level, "auto", 4221), STYLE)
    assert lines[0].endswith(", 2 to 9 in parallel")


def test_files_that_see_themselves_alone() -> None:
    crowding = Concurrency(
        Bounds(3, 3), LEVELS["namespaces"](Path("/nowhere"), Needs()), "auto", 4221, alone=2
    )
    lines = " ".join(" ".join(opening_lines(["a", "b", "c"], STARTED, crowding, STYLE)).split())
    assert lines.endswith(
        "2 of them share a directory, so each sees only its own file: give each its own folder if"
        " it needs others."
    )


def _shown(verbosity: int, said: Path) -> str:
    stream = io.StringIO()
    screen = ClassScreen(stream, Style(80, verbosity=verbosity), ["bob", "ann"])
    screen.open(STARTED, _crowding("auto"))
    screen.ended(1, PASSED, said)
    screen.ended(0, FAILED, said)
    screen.close([FAILED, PASSED], 7, interrupted=False)
    return stream.getvalue()


def test_the_whole_screen(tmp_path: Path) -> None:
    (said := tmp_path / "said").write_text("the whole failure\n")
    quiet, ordinary, verbose = (_shown(verbosity, said) for verbosity in (-1, 0, 1))
    assert quiet.splitlines() == [
        "  ✗ FAIL   bob   4/9 stages     6/72 points  headers/any_case",
        "  ✓ ok     ann   9/9 stages    72/72 points",
        "",
        "2 submissions: 1 passed, 1 failed",
        "  To see one in full, with the same inputs: grade --seed 7 SUBMISSION",
    ]
    assert ordinary.endswith(f"\nIn the order given:\n{quiet}")
    assert ordinary.index("12.0 s") > ordinary.index("3.1 s")
    assert "the whole failure" not in ordinary
    assert verbose.count("the whole failure") == 1


def test_an_interrupted_class() -> None:
    stream = io.StringIO()
    ClassScreen(stream, STYLE, ["bob"]).close([SLOW], 7, interrupted=True)
    assert (
        "INTERRUPTED: 1 submission: 0 passed, 0 failed, 1 could not be judged" in stream.getvalue()
    )
