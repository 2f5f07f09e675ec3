"""The order of a run: what is skipped and why, what runs beside the others, which events come, and
the points."""

from __future__ import annotations

import signal
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from grader.check.declaration import ADVICE
from grader.check.failure import Failure, Kind
from grader.course import Launch
from grader.errors import GraderError, MachineError
from grader.program.program import Program
from grader.report.model import (
    CheckFinished,
    CheckStarted,
    RunFinished,
    StageFinished,
    StageStarted,
    Verdict,
)
from tests.unit.runs import (
    PATIENT,
    Course,
    course,
    declared,
    fails,
    passes,
    stage,
    stumbles,
    verdicts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.http1.session import Session

__all__ = ["course"]  # the fixture


# --- order ----------------------------------------------------------------------------------------


def test_when_the_ordinary_case_fails_the_rest_is_skipped(course: Course) -> None:
    for first, why in ((fails, "failed"), (stumbles, "could not be judged")):
        report = course.stage(declared(first), declared(passes), declared(passes, "again"))
        assert verdicts(report)[1:] == ["skipped", "skipped"]
        assert {done.reason for done in report.checks[1:]} == {f"the stage's ordinary case {why}"}
        assert report.points == 0
        assert report.max_points == 3


def test_when_another_case_fails_the_rest_is_judged(course: Course) -> None:
    report = course.stage(declared(passes), declared(fails), declared(passes, "again"))
    assert verdicts(report) == ["passed", "failed", "passed"]
    assert (report.verdict, report.points, report.max_points) == (Verdict.FAILED, 2, 3)


def test_checks_that_were_asked_for_by_name_are_all_judged(course: Course) -> None:
    """None of them is the ordinary case, and what their stages build on is not asked."""
    checks = [declared(passes, "first"), declared(fails, "second"), declared(passes, "third")]
    narrowed = stage("a", *checks).narrowed_to({"second", "third"})
    later = stage("b", declared(passes, "one"), requires=("a",)).narrowed_to({"one"})
    report = course.report(narrowed, later, keep_going=True)
    assert [verdicts(s) for s in report.stages] == [["failed", "passed"], ["passed"]]
    assert (report.verdict, report.score, report.max_score) == (Verdict.FAILED, 2, 3)


def test_a_run_stops_at_the_first_stage_that_fails(course: Course) -> None:
    report = course.report(
        stage("a", declared(passes)), stage("b", declared(fails)), stage("c", declared(passes))
    )
    assert [s.verdict.value for s in report.stages] == ["passed", "failed", "skipped"]
    assert report.stages[2].reason == "b failed"
    (skipped,) = report.stages[2].checks
    assert (skipped.id, skipped.verdict, skipped.reason) == (
        "c/passes",
        Verdict.SKIPPED,
        "b failed",
    )
    assert (skipped.points, skipped.max_points) == (0, 1)
    assert (report.verdict, report.score, report.max_score) == (Verdict.FAILED, 1, 3)


@pytest.mark.parametrize(("first", "why"), [(fails, "failed"), (stumbles, "could not be judged")])
def test_with_keep_going_only_what_builds_on_it_is_skipped(
    course: Course, first: Callable[[Session], None], why: str
) -> None:
    stages = (
        stage("a", declared(first)),
        stage("b", declared(passes), requires=("a",)),
        stage("c", declared(passes)),
        stage("d", declared(passes), requires=("b", "c")),
    )
    report = course.report(*stages, keep_going=True)
    assert [s.verdict.value for s in report.stages[1:]] == ["skipped", "passed", "skipped"]
    assert [s.reason for s in report.stages] == [
        None, f"it builds on a, whose ordinary case {why}", None,
        "it builds on b, which was skipped",
    ]  # fmt: skip


@pytest.mark.parametrize("second", [fails, stumbles])
def test_with_keep_going_what_builds_on_a_stage_is_graded_when_only_another_case_failed(
    course: Course, second: Callable[[Session], None]
) -> None:
    """One line end too many after one body must not hide all that the learner has built since."""
    stages = (
        stage("a", declared(passes), declared(second)),
        stage("b", declared(passes), requires=("a",)),
        stage("c", declared(passes), declared(fails), requires=("a", "b")),
        stage("d", declared(fails), requires=("c",)),
    )
    report = course.report(*stages, keep_going=True)
    assert [s.verdict.value for s in report.stages[1:]] == ["passed", "failed", "failed"]
    assert [s.points for s in report.stages] == [1, 1, 1, 0]
    stopped = course.report(*stages)
    assert [s.verdict.value for s in stopped.stages[1:]] == ["skipped"] * 3
    assert {s.reason for s in stopped.stages[1:]} == {f"a {stopped.stages[0].verdict.value}"}


def test_what_a_stage_requires_may_not_be_selected(course: Course) -> None:
    report = course.report(stage("b", declared(passes), requires=("a",)))
    assert report.verdict is Verdict.PASSED


def test_a_stage_that_could_not_be_judged_stops_the_run(course: Course) -> None:
    report = course.report(stage("a", declared(stumbles)), stage("b", declared(passes)))
    assert [s.verdict.value for s in report.stages] == ["errored", "skipped"]
    assert report.stages[1].reason == "a errored"
    assert report.verdict is Verdict.ERRORED


def test_events_come_in_order(course: Course) -> None:
    events = list(
        course.events([stage("a", declared(passes), declared(fails)), stage("b", declared(passes))])
    )
    assert [type(event) for event in events] == [
        StageStarted, CheckStarted, CheckFinished, CheckStarted, CheckFinished, StageFinished,
        StageFinished, RunFinished,
    ]  # fmt: skip
    started, finished = events[1], events[2]
    assert isinstance(started, CheckStarted)
    assert isinstance(finished, CheckFinished)
    assert started.id == finished.check.id == "a/passes"


def test_what_is_skipped_is_not_announced(course: Course) -> None:
    events = list(course.events([stage("a", declared(fails), declared(passes))]))
    assert [event.id for event in events if isinstance(event, CheckStarted)] == ["a/fails"]
    assert len([event for event in events if isinstance(event, CheckFinished)]) == 2


def test_a_run_that_nobody_listens_to_any_more_stops_the_server(course: Course) -> None:
    events = course.events([stage("a", declared(passes), declared(passes, "again"))])
    for event in events:
        if isinstance(event, CheckFinished):
            break
    assert not course.nobody_listens()
    events.close()
    assert course.nobody_listens()


# --- points ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strict", "verdict", "points", "most"), [(False, "passed", 5, 5), (True, "failed", 5, 12)]
)
def test_advice_counts_when_it_is_strict(
    course: Course, strict: bool, verdict: str, points: int, most: int
) -> None:
    checks = (declared(passes), declared(fails, level=ADVICE))
    report = course.report(
        stage("a", *checks, points={"passes": 5, "fails": 7}), strict=strict
    ).stages[0]
    assert (report.verdict.value, report.points, report.max_points) == (verdict, points, most)
    assert verdicts(report) == ["passed", "failed"]


# --- beside ---------------------------------------------------------------------------------------


def together(count: int) -> Callable[[Session], None]:
    """A check that ends only when so many of them run at once."""
    barrier = threading.Barrier(count)

    def meets(session: Session) -> None:
        session.get("/")
        barrier.wait(60)

    return meets


def test_checks_that_mostly_wait_run_beside_the_others(course: Course) -> None:
    meets = together(3)
    checks = [declared(meets, name, beside=name != "a") for name in "abc"]
    report = course.stage(declared(passes), *checks)
    assert verdicts(report) == ["passed"] * 4
    assert [done.id for done in report.checks] == [
        "a/passes",
        "a/a",
        "a/b",
        "a/c",
    ], "in the order of the stage"


def test_a_failure_beside_others_is_judged_again_alone(course: Course) -> None:
    threads: list[str] = []

    def fails_beside(session: Session) -> None:
        threads.append(threading.current_thread().name)
        if len(threads) == 1:
            raise Failure(Kind.MISMATCH, "too much going on")

    assert verdicts(course.stage(declared(passes), declared(fails_beside, beside=True))) == [
        "passed",
        "passed",
    ]
    assert threads[0].startswith("beside")
    assert threads[1] == threading.current_thread().name


def test_nothing_runs_beside_an_ordinary_case_that_failed(course: Course) -> None:
    ran: list[str] = []
    report = course.stage(
        declared(fails), declared(lambda _: ran.append("ran"), "beside", beside=True)
    )
    assert verdicts(report) == ["failed", "skipped"]
    assert ran == []


def test_checks_beside_end_with_the_server_when_nobody_listens_any_more(course: Course) -> None:
    begun = threading.Event()
    ended: list[bool] = []

    def waits(session: Session) -> None:
        connection = session.connect()
        begun.set()
        ended.append(connection.ends_within(60))

    slow = (declared(passes), declared(waits, beside=True), declared(passes, "again"))
    events = course.events([stage("a", *slow)])
    for event in events:
        if isinstance(event, CheckStarted) and event.id == "a/waits":
            break
    assert begun.wait(60)
    events.close()
    assert ended == [True]


def test_a_launch_under_way_is_not_disturbed_by_a_check_beside(course: Course) -> None:
    second = course.launch_meanwhile()
    assert not second, "the program that was being launched was killed, and another one started"


def test_a_host_that_was_left_launches_no_more(course: Course) -> None:
    """A check beside may be about to ask when the run is interrupted."""
    with course.host() as host:
        host.server(fresh=False)
    try:
        with suppress(GraderError, RuntimeError, Failure):
            host.server(fresh=False)
        assert course.nobody_listens()
    finally:
        host.stop()


def test_what_has_begun_is_the_first_server_and_no_other(course: Course) -> None:
    """Also where a fresh one is asked for: that is what it is."""
    with course.host() as host:
        host.begin()
        begun = host._program
        first = host.server(fresh=True)
        assert first.program is begun
        assert (first.listening, host.used) == (True, False)
        second = host.server(fresh=True)
        assert second.program is not begun
        assert (begun is not None and begun.alive, second.listening) == (False, True)


def test_what_has_begun_for_another_launch_is_ended(course: Course) -> None:
    with course.host() as host:
        host.begin()
        begun = host._program
        host.serve(Launch(course.port, ("--other",)), PATIENT)
        assert host.server(fresh=False).program is not begun
        assert begun is not None
        assert not begun.alive


def test_what_cannot_begin_is_told_by_who_asks_for_it(course: Course) -> None:
    with socket.create_server(("127.0.0.1", course.port)), course.host() as host:
        host.begin()
        with pytest.raises(MachineError, match=f"port {course.port} "):
            host.server(fresh=False)


def test_what_asks_what_has_failed_is_skipped_and_its_stage_has_not_passed(course: Course) -> None:
    asks = declared(passes, "asks", asks=("a/fails",))
    report = course.report(
        stage("a", declared(passes), declared(fails), replace(asks, name="too")),
        stage("b", declared(passes), asks),
        keep_going=True,
    )
    assert [verdicts(s) for s in report.stages] == [
        ["passed", "failed", "skipped"],
        ["passed", "skipped"],
    ]
    assert [s.verdict.value for s in report.stages] == ["failed", "skipped"]
    assert report.stages[1].reason == "it builds on a/fails, which failed"
    assert (report.verdict, report.score, report.max_score) == (Verdict.FAILED, 2, 5)


# --- interruptions --------------------------------------------------------------------------------


def test_a_program_that_is_interrupted_as_it_starts_is_ended(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Program] = []

    class InterruptedProgram(Program):
        def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
            super().__init__(*arguments, **named)
            started.append(self)
            signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    monkeypatch.setattr("grader.program.launch.Program", InterruptedProgram)
    # who runs the tests in the background may have them ignore it
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), course.host() as host:
            host.server(fresh=True)
    finally:
        signal.signal(signal.SIGINT, before)
    assert [program.alive for program in started] == [False]
