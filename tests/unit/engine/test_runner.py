"""What a run makes of checks that pass, fail, stumble and depend on each other, over a server that
is right."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from grader.check.declaration import ADVICE
from grader.check.failure import Failure, Kind
from grader.errors import MachineError
from grader.http1 import expect
from grader.net.tries import Undecided
from grader.report.model import Verdict
from tests.unit.runs import (
    Course,
    course,
    declared,
    fails,
    passes,
    served,
    stage,
    stumbles,
    verdicts,
)
from tests.unit.tiny_servers import HEAD

if TYPE_CHECKING:
    from grader.http1.session import Session

__all__ = ["course"]  # the fixture


# --- one check ------------------------------------------------------------------------------------


def test_a_check_that_passes(course: Course) -> None:
    (done,) = course.stage(declared(passes)).checks
    assert (done.id, done.verdict, done.points, done.max_points) == (
        "a/passes",
        Verdict.PASSED,
        1,
        1,
    )
    assert (done.failure, done.reason) == (None, None)
    assert [entry.direction for entry in done.transcript][:2] == ["opened", "sent"]
    assert done.duration_s > 0


def test_a_check_that_fails(course: Course) -> None:
    (done,) = course.stage(declared(fails)).checks
    assert (done.verdict, done.points, done.max_points, done.reason) == (Verdict.FAILED, 0, 1, None)
    assert done.failure is not None
    assert (done.failure.kind, done.failure.summary, done.failure.hint) == (
        "mismatch",
        "it is not so",
        "think",
    )
    assert (done.failure.actual, done.failure.cite) == ("y", "RFC 1")
    assert len(done.failure.expected or "") == 64 * 1024, "bounded"
    assert (done.failure.reproduce or "").startswith("curl ")
    assert str(course.port) in (done.failure.reproduce or "")
    assert b"counting" in done.failure.output_tail


def test_a_sentence_that_quotes_the_server_is_bounded(course: Course) -> None:
    def quotes(session: Session) -> None:
        raise Failure(
            Kind.MISMATCH, "the header says " + "x" * 100_000, expected="", actual="é" * 100_000
        )

    (done,) = course.stage(declared(quotes)).checks
    assert done.failure is not None
    assert done.failure.summary == "the header says " + "x" * 981 + "..."
    assert (done.failure.expected, done.failure.actual) == ("", "é" * 3997 + "...")


def test_what_a_check_stumbles_over_is_never_the_learners(course: Course) -> None:
    report = course.stage(declared(stumbles))
    (done,) = report.checks
    assert (done.verdict, done.points, done.failure) == (Verdict.ERRORED, 0, None)
    assert "ZeroDivisionError: of our own making" in (done.reason or "")
    assert "runs.py:" in (done.reason or ""), "where"
    assert report.verdict is Verdict.ERRORED


def test_what_is_wrong_with_the_machine_ends_the_run(course: Course) -> None:
    def broken(session: Session) -> None:
        raise MachineError("the disk is full")

    with pytest.raises(MachineError, match="the disk is full"):
        course.stage(declared(broken))
    assert course.nobody_listens()


def test_every_connection_is_closed_at_the_end_of_its_check(course: Course) -> None:
    kept = []

    def opens(session: Session) -> None:
        kept.extend(session.connect() for _ in range(3))
        raise Failure(Kind.MISMATCH, "and fails")

    course.stage(declared(opens))
    assert len(kept) == 3
    assert {connection.fileno() for connection in kept} == {-1}


def test_a_program_that_does_not_start(course: Course) -> None:
    course.program.write_text("import sys\nsys.exit('no config')\n")
    first, second = course.stage(declared(passes), declared(passes, "again")).checks
    assert first.failure is not None
    assert (first.verdict, first.failure.kind) == (Verdict.FAILED, "exit")
    assert "no config" in first.failure.summary
    assert (second.verdict, second.reason) == (Verdict.SKIPPED, "the stage's ordinary case failed")


# --- fresh launches -------------------------------------------------------------------------------


def test_checks_share_a_server(course: Course) -> None:
    seen: list[int] = []
    checks = [declared(lambda session: seen.append(served(session)), name) for name in "abc"]
    assert verdicts(course.stage(*checks)) == ["passed"] * 3
    assert seen == [1, 2, 3]


def test_a_check_has_a_launch_of_its_own_when_it_asks(course: Course) -> None:
    seen: list[int] = []

    def note(session: Session) -> None:
        seen.append(served(session))

    course.stage(declared(note, "a"), declared(note, "b", own_launch=True), declared(note, "c"))
    assert seen == [1, 1, 2]


def test_a_failure_on_a_used_server_is_judged_again_on_a_fresh_one(course: Course) -> None:
    """And that verdict stands: it is not the check's fault what an earlier one did."""
    seen: list[int] = []

    def wants_a_fresh_one(session: Session) -> None:
        seen.append(served(session))
        if seen[-1] != 1:
            raise Failure(Kind.MISMATCH, "the server remembers")

    report = course.stage(declared(passes), declared(wants_a_fresh_one))
    assert verdicts(report) == ["passed", "passed"]
    assert seen == [2, 1]
    assert len([e for e in report.checks[1].transcript if e.direction == "sent"]) == 1, (
        "of the verdict that stands"
    )


def test_a_failure_on_a_fresh_server_stands(course: Course) -> None:
    seen: list[int] = []

    def always(session: Session) -> None:
        seen.append(served(session))
        raise Failure(Kind.MISMATCH, "always")

    assert verdicts(course.stage(declared(always))) == ["failed"]
    assert seen == [1], "judged once"
    seen.clear()
    assert verdicts(course.stage(declared(passes), declared(always))) == ["passed", "failed"]
    assert seen == [2, 1], "judged again"
    seen.clear()
    assert verdicts(course.stage(declared(passes), declared(always, own_launch=True))) == [
        "passed",
        "failed",
    ]
    assert seen == [1], "judged once on its own launch"


def test_a_first_try_that_is_broken_off_is_judged_again(course: Course) -> None:
    """Whatever it has seen, and whatever a check makes of silence."""
    seen: list[int] = []

    def gives_up(session: Session) -> None:
        with suppress(Failure):
            seen.append(served(session))
            if seen[-1] != 1:
                raise Undecided

    done = course.stage(declared(passes), declared(gives_up)).checks
    assert [one.verdict for one in done] == ["passed", "passed"]
    assert seen == [2, 1]


def test_only_a_try_that_is_not_the_last_is_in_a_hurry(course: Course) -> None:
    hurries: list[bool] = []

    def notes(session: Session) -> None:
        hurries.append(session.connect().attempt.hurries)
        if not hurries[-1]:
            raise Failure(Kind.SILENCE, "nothing came")
        raise Undecided

    course.stage(declared(notes))
    assert hurries == [False], "the first check of a launch"
    hurries.clear()
    done = course.stage(declared(passes), declared(notes)).checks[1]
    assert hurries == [True, False]
    assert done.failure is not None


def test_the_time_of_the_first_try_counts(course: Course) -> None:
    took: list[float] = []

    def tries(session: Session) -> None:
        served(session)
        took.append(session.transcript.entries[-1].at_s)
        if session.connect().attempt.first:
            raise Undecided

    _, twice = course.stage(declared(passes), declared(tries)).checks
    assert len(took) == 2
    assert twice.duration_s >= sum(took)


@pytest.mark.parametrize("hasty", [True, False])
def test_only_a_hasty_try_shows_that_a_server_pauses(hasty: bool, course: Course) -> None:
    """Another first try fails for what earlier checks did, or since its server was replaced."""
    pauses = []

    def fails_first(session: Session) -> None:
        attempt = session.connect().attempt
        attempt.took_rest_for_an_end = hasty
        if attempt.first:
            raise Failure(Kind.MISMATCH, "it is not so", expected="", actual="")

    def notes(session: Session) -> None:
        pauses.append(session.connect().attempt.habits.pauses)

    course.stage(declared(passes), declared(fails_first), declared(notes))
    assert pauses == [hasty]


def test_what_stumbles_on_a_used_server_is_not_judged_again(course: Course) -> None:
    assert verdicts(course.stage(declared(passes), declared(stumbles))) == ["passed", "errored"]


def test_a_server_that_was_knocked_over_is_started_again(course: Course) -> None:
    seen: list[int] = []

    def knocks(session: Session) -> None:
        os.kill(session.server.program.pid, 9)
        assert session.server.program.wait_exit(60)

    course.stage(
        declared(passes), declared(knocks), declared(lambda s: seen.append(served(s)), "after")
    )
    assert seen == [1]


def test_a_program_that_ended_after_checks_that_passed(course: Course) -> None:
    """The first check that sees it says so; one that has ended by the check's own act is new."""

    def ends_late(session: Session) -> None:
        os.kill(session.server.program.pid, 9)
        assert session.server.program.wait_exit(60)

    def sees_it(session: Session) -> None:
        served(session)
        raise Failure(Kind.EXIT, "It ended.")

    alone = course.stage(declared(sees_it))
    report = course.stage(declared(ends_late), declared(sees_it, own_launch=True))
    assert alone.checks[0].failure is not None
    assert alone.checks[0].failure.summary == "It ended."
    assert report.checks[1].failure is not None
    assert report.checks[1].failure.summary == (
        "It ended. It ended after earlier checks, too, and was started again for each."
    )


def test_what_a_hidden_check_has_sent_is_in_no_failure_of_another(course: Course) -> None:
    """The sentence about a wrong answer names the nearest request that was answered rightly."""
    course.program.write_text(HEAD + _REFUSES_A_NOTE)

    def without(session: Session) -> None:
        expect.status(session.get("/echo/fig"), 200)

    def with_a_note(session: Session) -> None:
        expect.status(session.get("/echo/fig", headers=[("X-Note", "a")]), 200)

    ordinary, other = (stage(slug, declared(without)) for slug in ("a", "b"))
    last = stage("c", declared(with_a_note))
    seen = course.report(ordinary, other, last).stages[2].checks[0]
    hidden = course.report(ordinary, other, last, hide=("a", "b"))
    unseen = hidden.stages[2].checks[0]

    assert seen.failure is not None
    assert "Without X-Note, GET /echo/fig was 200." in seen.failure.summary
    assert unseen.failure is not None
    assert "/echo/fig" not in unseen.failure.summary
    assert [it.checks[0].hidden for it in hidden.stages] == [True, True, False]


def test_advice_can_be_hidden_alone(course: Course) -> None:
    checks = (declared(passes), declared(fails, level=ADVICE))
    found = course.report(stage("a", *checks), stage("b", *checks), hide=("advice", "b"))
    assert [[it.hidden for it in done.checks] for done in found.stages] == [
        [False, True],
        [True, True],
    ]


_REFUSES_A_NOTE = """
def handle(client):
    while asked := head(client):
        answer(client, b"x", 404 if b"X-Note" in asked else 200)
    client.close()

while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
"""
