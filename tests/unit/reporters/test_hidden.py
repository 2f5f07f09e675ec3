"""What is hidden from learners stands in no report but the teacher's, whatever was found."""

from __future__ import annotations

import base64
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.progress.record import Moment, Progress, dumped
from grader.report.codec import from_json, to_json
from grader.report.for_learners import HIDDEN, report_for_learners
from grader.report.model import CheckReport, FailureDetail, Report, Verdict
from grader.reporters import REPORTERS, ReportSpec
from grader.reporters.again import shown_again, write_again
from grader.reporters.delivery import deliver_events
from grader.reporters.destination import Destination
from grader.reporters.terminal import Terminal
from grader.text.style import ALL_HINTS
from tests.unit.reporters import hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.report.model import Event
    from grader.reporters import Reporter
    from tests.unit.reporters.conftest import Events

TOKEN = "kumquat"
OF_THE_TEACHER = {"json"}


def secret(verdict: Verdict, level: Level = Level.REQUIRED) -> CheckReport:
    """A hidden check in which all that is not its name has the token."""
    failure = FailureDetail(
        Kind.EXIT, f"It says {TOKEN}.", f"{TOKEN} 1", TOKEN.encode(), 2, (f"Try {TOKEN}.",) * 2,
        f"RFC {TOKEN}", f"curl {TOKEN}", TOKEN.encode(), f"grade launch {TOKEN}", f"{TOKEN}.py", 7,
        f"cause {TOKEN}", (1,),
    )  # fmt: skip
    return CheckReport(
        f"headers/{verdict}_{level}", f"A hidden {level} check that {verdict}",
        f"A server MUST {TOKEN}", f"RFC {TOKEN}", level, verdict,
        None if verdict is not Verdict.ERRORED else f"because of {TOKEN}",
        int(verdict is Verdict.PASSED), 1, 5.4321,
        failure if verdict is Verdict.FAILED else None,
        (
            Entry(1, Direction.SENT, 0.1, TOKEN.encode()),
            Entry(1, Direction.RECEIVED, 0.2, TOKEN.encode(), by=TOKEN),
        ),
        3, hidden=True,
    )  # fmt: skip


def with_secrets(sample: Report) -> Report:
    """The sample, with hidden checks before those that failed: a cause of theirs would fold what
    follows."""
    checks = [secret(verdict, level) for verdict in Verdict for level in Level]
    stages = [
        replace(stage, checks=(*checks, *stage.checks), max_points=16)
        if stage.slug == "headers"
        else stage
        for stage in sample.stages
    ]
    return replace(sample, stages=tuple(stages))


def delivered(run: list[Event], *reporters: Reporter) -> None:
    @contextmanager
    def grading() -> Iterator[Iterator[Event]]:
        yield iter(run)

    deliver_events(grading(), reporters)


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "broken off"])
@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_no_report_for_learners_has_what_is_hidden(
    name: str,
    cut: bool,
    sample: Report,
    events: Events,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (summary := tmp_path / "summary").touch()
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run = events(with_secrets(sample))
    reporter = REPORTERS[name].factory(Destination(tmp_path / "report"))
    delivered(run[: -6 if cut else None], reporter)

    text = (tmp_path / "report").read_text()
    if name == "github-classroom":
        text = base64.b64decode(text).decode()
    assert (TOKEN in text) is (name in OF_THE_TEACHER)
    assert TOKEN not in summary.read_text()
    assert "5432" not in text or name in OF_THE_TEACHER, (
        "how long it took may tell what it waits for"
    )
    judged = (
        {
            "classroom50",
            "exercism",
            "gradescope",
            "moodle-coderunner",
            "prairielearn",
        }
        if cut
        else set()
    )
    if name not in {"brief", "gitlab-codequality", "autolab", *OF_THE_TEACHER, *judged}:
        assert "A hidden required check that failed" in text


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
@pytest.mark.parametrize("strict", [False, True])
def test_the_terminal_shows_names_and_points(
    strict: bool, verbosity: int, folded: bool, sample: Report, events: Events
) -> None:
    environment = replace(sample.header.environment, strict=strict)
    report = replace(with_secrets(sample), header=replace(sample.header, environment=environment))
    said = io.StringIO()
    terminal = Terminal(said, verbosity=verbosity, hints=ALL_HINTS, folded=folded, live=True)
    delivered(events(report), terminal)

    assert TOKEN not in said.getvalue()
    assert "A hidden required check that failed" in said.getvalue()
    assert "Header names ignore case" in said.getvalue()
    assert "2 of 16 points" in said.getvalue() or verbosity < 1


def test_the_page_says_nothing_of_connections(sample: Report, tmp_path: Path) -> None:
    """That there were none would not be true, either."""
    hidden = tuple(replace(it, checks=(secret(Verdict.FAILED),)) for it in sample.stages[:1])
    place = tmp_path / "page.html"
    write_again(ReportSpec("html", Destination(place)), replace(sample, stages=hidden))
    assert HIDDEN in place.read_text()
    assert "onnection" not in place.read_text().partition("</style>")[2]


def test_the_record_of_progress_has_names_alone(sample: Report) -> None:
    report = with_secrets(sample)
    now = Moment("2026-11-20T09:12:44Z")
    text = dumped(Progress().after("http", report.stages, now))
    assert "failed_required" in text
    assert TOKEN not in text


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_a_report_that_a_book_has_kept_is_written_without_it(
    name: str, sample: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    kept = from_json(to_json(with_secrets(sample)))
    write_again(ReportSpec(name, Destination(tmp_path / "report")), kept)
    text = (tmp_path / "report").read_text()
    if name == "github-classroom":
        text = base64.b64decode(text).decode()
    assert (TOKEN in text) is (name in OF_THE_TEACHER)

    shown_again(kept, Terminal(said := io.StringIO(), hints=ALL_HINTS))
    assert TOKEN not in said.getvalue()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(hostile.reports)
def test_a_report_that_was_read_back_hides_the_same(report: Report) -> None:
    again = from_json(to_json(report))
    for read, shown in zip(again.stages, report_for_learners(again).stages, strict=True):
        for check, seen in zip(read.checks, shown.checks, strict=True):
            if not check.hidden:
                assert seen == check
                continue
            assert (seen.failure, seen.transcript, seen.requirement) == (None, (), HIDDEN)
            kept = ("id", "title", "level", "verdict", "points", "max_points")
            assert all(getattr(seen, name) == getattr(check, name) for name in kept)
