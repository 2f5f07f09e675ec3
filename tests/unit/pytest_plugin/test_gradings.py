"""A stage is graded once, with the checks that are asked for; what cannot pass is not graded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.course import Course, Stage, course_root, load_checks, load_course
from grader.engine.settings import RunSettings
from grader.jobs.job import Job
from grader.jobs.serving import JobTold
from grader.outcomes import Outcome
from grader.pytest_plugin import gradings as module
from grader.pytest_plugin.gradings import Assignment, Gradings, JobProcess
from grader.pytest_plugin.verdicts import Kind
from grader.report.codec import to_json
from grader.report.model import Report, Verdict
from tests.unit.pytest_plugin.test_verdicts import HEADER, check, report

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(course_root(), only=())


class Recorded:
    """In place of the process: what it is asked, and a report of each job."""

    def __init__(self, place: Path, judge: Callable[[Job], Report]) -> None:
        self.jobs: list[Job] = []
        self.closed = 0
        self._place = place
        self._judge = judge

    def __call__(self, *_: object) -> Recorded:
        return self

    def told(self, job: Job) -> JobTold:
        self.jobs.append(job)
        (path := self._place / "report").write_text(to_json(self._judge(job)))
        return JobTold(str(path), "")

    def close(self) -> None:
        self.closed += 1


def failing_first(job: Job) -> Report:
    """The stage's first check fails, the others are skipped."""
    whole = report(check("returns_the_text", Verdict.FAILED), check("slashes", Verdict.SKIPPED))
    (stage,) = whole.stages
    checks = tuple(
        replace(it, id=f"{job.stages[0]}/{it.id.partition('/')[2]}") for it in stage.checks
    )
    return replace(whole, stages=(replace(stage, slug=job.stages[0], checks=checks),))


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    found = Recorded(tmp_path, failing_first)
    monkeypatch.setattr(module, "JobProcess", found)
    return found


def graded(course: Course, selected: dict[str, list[str]], *whole: str) -> Gradings:
    job = Job(str(course.root), (), "x.py", RunSettings(7, keep_going=True))
    how = Assignment(course, job, Path("/"), "x.py")
    return Gradings(how, selected, frozenset(whole))


def loaded(course: Course, slug: str) -> Stage:
    return load_checks(course.stage(slug))


def test_a_stage_is_graded_once(course: Course, recorded: Recorded) -> None:
    echo = loaded(course, "echo")
    names = [it.name for it in echo.checks]
    found = graded(course, {"echo": names}, "echo")
    assert found.verdict(echo, "returns_the_text").kind is Kind.FAILED
    assert found.verdict(echo, "slashes").kind is Kind.SKIPPED
    found.close()
    found.close()
    assert [(job.stages, job.checks) for job in recorded.jobs] == [(("echo",), ())]
    assert recorded.closed == 1


def test_of_a_stage_only_the_chosen_checks_are_asked(course: Course, recorded: Recorded) -> None:
    echo = loaded(course, "echo")
    found = graded(course, {"echo": ["slashes"]})
    found.verdict(echo, "slashes")
    (job,) = recorded.jobs
    assert (job.checks, job.settings.checks) == (("echo/slashes",), ("echo/slashes",))


def test_what_builds_on_a_stage_that_failed_is_not_graded(
    course: Course, recorded: Recorded
) -> None:
    echo = loaded(course, "echo")
    after = next(it for it in course.stages if "echo" in it.requires)
    after = loaded(course, after.slug)
    selected = {it.slug: [check.name for check in it.checks] for it in (echo, after)}
    found = graded(course, selected, *selected)
    found.verdict(echo, "slashes")
    last = found.verdict(after, after.checks[-1].name)
    assert last.kind is Kind.SKIPPED
    assert "echo" in last.sentence
    assert len(recorded.jobs) == 1


def test_where_there_is_nothing_to_grade_no_other_stage_is_tried(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Report(HEADER, Verdict.SKIPPED, "no program", 0.0, (), Outcome.NOT_GRADED)
    recorded = Recorded(tmp_path, lambda _: refused)
    monkeypatch.setattr(module, "JobProcess", recorded)
    ok, echo = loaded(course, "ok"), loaded(course, "echo")
    selected = {it.slug: [check.name for check in it.checks] for it in (ok, echo)}
    found = graded(course, selected, *selected)
    assert found.verdict(ok, ok.checks[0].name).kind is Kind.FAILED
    assert found.verdict(echo, "slashes").sentence == "not graded: no program"
    assert len(recorded.jobs) == 1


def test_a_process_that_cannot_grade_says_why(tmp_path: Path) -> None:
    """And one that has ended is no riddle."""
    process = JobProcess(tmp_path / "no course", ["ok"], tmp_path)
    told = process.told(Job("x", ("ok",), "x.py", RunSettings(7)))
    process.close()
    assert told.report is None
    assert "the grader's process has ended: " in told.reason
    assert "no course" in told.reason
