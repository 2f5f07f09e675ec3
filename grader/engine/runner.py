"""Grades: the order of stages and checks, what is skipped and why, exceptions turned into verdicts;
yields events.

How it works. One generator does everything in order. For each check, `_attempt` opens a session,
calls the check's function, and turns what it raises into a verdict: a `Failure` is the learner's, a
`GraderError` ends the run, and any other exception is our fault and never costs a point.

Why so. The first check of a stage is its ordinary case: when that fails, the others would only fail
for the same reason, so they are skipped. One launch serves many checks, because launching takes
longer than most of them. But a failure on a server that has served others is judged again on a
fresh one, and that verdict counts: no check fails for what an earlier one did. Checks that mostly
wait run in the background meanwhile. Events are yielded as they happen, so that a reporter can show
a run live.
"""

from __future__ import annotations

import time
import traceback
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.failure import Failure, Kind
from grader.check.past import PassedCheck, Past
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Transcript
from grader.engine.background import Background
from grader.engine.ended_earlier import EndedEarlier
from grader.engine.explain import Failing, explained
from grader.engine.skipping import why_skip_check, why_skip_stage, why_skipped
from grader.engine.tried import Tried
from grader.errors import GraderError, MachineError, lack
from grader.net.protocol import protocol_of
from grader.net.session import Surroundings
from grader.net.tries import Habits, Try, Undecided
from grader.own_memory import EXHAUSTED
from grader.report.model import (
    CheckFinished,
    CheckReport,
    CheckStarted,
    Event,
    Report,
    RunFinished,
    RunHeader,
    StageFinished,
    StageReport,
    StageStarted,
    Verdict,
    ending_of,
    run_verdict,
    stage_verdict,
)
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from grader.budgets import Budgets
    from grader.check.declaration import Check
    from grader.course import Stage
    from grader.engine.settings import RunSettings
    from grader.net.protocol import TrackProtocol
    from grader.net.session import ServerSession
    from grader.program.host import Host
    from grader.program.reference import Reference


_OF_HASTE = frozenset({Kind.SILENCE, Kind.INCOMPLETE, Kind.MISMATCH, Kind.MALFORMED})
"""What a try may find that takes an answer for whole too soon."""


class RunPlan(Value, frozen=True):
    """What a run is to do: these stages, so."""

    header: RunHeader
    stages: Sequence[Stage]
    settings: RunSettings


class Runner:
    """Grades one submission. `host` keeps it running, as does `reference` the reference."""

    def __init__(self, plan: RunPlan, host: Host, reference: Reference) -> None:
        self._plan = plan
        self._settings = plan.settings
        self._host = host
        self._reference = reference
        self._strict = plan.settings.strict
        self._done: list[StageReport] = []
        self._passed: list[PassedCheck] = []
        self._ended_earlier = EndedEarlier()
        self._habits = Habits()
        self._protocol: TrackProtocol = protocol_of(plan.stages[0].protocol)  # of the stage at hand

    def events(self) -> Generator[Event, None, None]:
        """Grade, one event at a time, from the first stage's start to `RunFinished`."""
        began = time.monotonic()
        plan = self._plan
        self._protocol.preload([check for stage in plan.stages for check in stage.checks])
        for stage in plan.stages:
            keep_going = self._settings.keep_going
            if reason := why_skip_stage(stage, self._done, keep_going=keep_going):
                report = self._skipped(stage, reason)
            else:
                report = yield from self._stage(stage, self._host)
            self._done.append(report)
            yield StageFinished(report)
        stages = tuple(self._done)
        verdict = run_verdict(stages)
        took_s = time.monotonic() - began
        yield RunFinished(
            Report(plan.header, verdict, None, took_s, stages, ending_of(verdict).outcome)
        )

    def _skipped(self, stage: Stage, reason: str) -> StageReport:
        checks = tuple(
            replace(self._blank(stage, check), verdict=Verdict.SKIPPED, reason=reason)
            for check in stage.checks
        )
        return StageReport(
            stage.number, stage.slug, stage.title, stage.track, Verdict.SKIPPED, reason,
            checks=checks, max_points=stage.max_points(self._strict),
        )  # fmt: skip

    def _stage(self, stage: Stage, host: Host) -> Generator[Event, None, StageReport]:
        yield StageStarted(stage.number, stage.slug, stage.title, stage.track)
        began = time.monotonic()
        reports: list[CheckReport] = []
        launch, budgets = self._settings.contract(stage)
        host.serve(launch, budgets)
        self._protocol = protocol_of(stage.protocol)
        with Background() as beside, _left_on_error(host):
            for check in stage.checks:
                blank = self._blank(stage, check)
                if reason := why_skip_check(check, stage, reports, self._done):
                    report = replace(blank, verdict=Verdict.SKIPPED, reason=reason)
                else:
                    yield CheckStarted(blank.id, blank.title)
                    report = self._judged(check, blank, host, budgets, beside)
                if not reports and report.verdict is Verdict.PASSED:
                    self._start_beside(stage, host, budgets, beside)
                reports.append(report)
                # what a hidden check has sent is not named in the failure of another one
                if report.verdict is Verdict.PASSED and not report.hidden:
                    self._passed.append(PassedCheck(host.declared_arguments, report.transcript))
                yield CheckFinished(report)
        verdict = stage_verdict(reports, strict=self._strict)
        return StageReport(
            stage.number, stage.slug, stage.title, stage.track, verdict,
            why_skipped(verdict, reports), time.monotonic() - began, tuple(reports),
            stage.max_points(self._strict),
        )  # fmt: skip

    def _blank(self, stage: Stage, check: Check) -> CheckReport:
        return CheckReport(
            f"{stage.slug}/{check.name}", check.title, check.requirement, check.cite,
            check.level, Verdict.PASSED, max_points=stage.points_of(check, self._strict),
            hidden=self._settings.hides(stage.slug, check),
        )  # fmt: skip

    def _start_beside(self, stage: Stage, host: Host, budgets: Budgets, beside: Background) -> None:
        """Begin the checks that mostly wait, so that the others do not wait for them."""
        for check in stage.checks[1:]:
            gone = why_skip_check(check, stage, (), self._done)
            if check.beside and not gone and not self._settings.fresh:
                blank = self._blank(stage, check)
                beside.start(
                    check.name, partial(self._attempt, check, blank, host, budgets, fresh=False)
                )

    def _judged(
        self, check: Check, blank: CheckReport, host: Host, budgets: Budgets, beside: Background
    ) -> CheckReport:
        """Judge on the running server. A failure on one that has served other checks is judged
        again on a fresh launch, and that verdict stands: a check is never failed for what an
        earlier one did."""
        fresh = check.own_launch or self._settings.fresh
        self._ended_earlier.before(ended=host.has_ended)
        self._replace_a_busy_one(host)
        if fresh:
            beside.settle()
        tried = beside.result(check.name) or self._attempt(check, blank, host, budgets, fresh=fresh)
        report = tried.report
        failed = report.verdict is Verdict.FAILED
        if not tried.decided or (failed and not _is_last(check, host, fresh=False)):
            beside.settle()
            report = self._judged_again(check, blank, host, budgets, tried)
        return self._ended_earlier.after(report)

    def _replace_a_busy_one(self, host: Host) -> None:
        """A server that computes although its clients have left never rests, which each check would
        wait for, and becomes slower with each that has left. It is started anew, and counts as one
        that has served before: so its clients may stay, and nobody waits for long."""
        habits = self._habits
        if habits.did_not_rest and not habits.spins:
            habits.spins = host.is_busy
        if habits.spins and (habits.did_not_rest or host.is_awake):
            with suppress(Failure):  # the check will meet it, too
                host.server(fresh=True)
        habits.did_not_rest = False

    def _judged_again(
        self, check: Check, blank: CheckReport, host: Host, budgets: Budgets, first: Tried
    ) -> CheckReport:
        """With all patience, on a fresh launch."""
        report = self._attempt(check, blank, host, budgets, fresh=True).report
        failure = first.report.failure
        at_fault = first.hasty and failure and failure.kind in _OF_HASTE
        if at_fault and report.verdict is Verdict.PASSED:
            self._habits.pauses = True
        if first.guests and report.verdict is Verdict.PASSED:
            self._habits.most_beside = min(self._habits.most_beside, first.guests - 1)
        self._ended_earlier.tried_again(first.report, report)
        return replace(report, duration_s=first.report.duration_s + report.duration_s)

    def _attempt(
        self, check: Check, blank: CheckReport, host: Host, budgets: Budgets, *, fresh: bool
    ) -> Tried:
        transcript = Transcript(time.monotonic)
        began = time.monotonic()
        session: ServerSession | None = None
        decided = True
        random, attempt = RandomInputs(self._settings.seed, blank.id), Try(self._habits)
        try:
            server = host.server(fresh=fresh)
            attempt.first = not _is_last(check, host, fresh=fresh)
            around = Surroundings(
                server, host.files, self._reference, budgets, host.arguments,
                printed=server.program.output.count, attempt=attempt,
            )  # fmt: skip
            session = self._protocol.session(around, random, transcript)
            check.judge(session)
            outcome = replace(blank, points=blank.max_points)
        except Undecided:
            decided, outcome = False, replace(blank, verdict=Verdict.FAILED)
        except Failure as failure:
            failing = self._failing(
                check, blank, transcript, host, random.drawn, session,
                attempt.enough_for_rest_s(budgets.quiet), last=_is_last(check, host, fresh=fresh),
            )  # fmt: skip
            outcome = replace(blank, verdict=Verdict.FAILED, failure=explained(failure, failing))
        except GraderError:
            raise
        except Exception as error:  # whatever a check stumbles over is ours, never the learner's
            # whose bound one check may have met
            if (lacks := lack(error)) and not isinstance(error, MemoryError):
                raise MachineError(lacks) from error
            outcome = replace(blank, verdict=Verdict.ERRORED, reason=_own_fault(error))
        finally:
            if session is not None:
                session.close()
        host.require_watched()
        took_s = time.monotonic() - began
        report = replace(outcome, duration_s=took_s, transcript=transcript.entries)
        return Tried(report, decided, attempt.took_rest_for_an_end, _guests_of(session))

    def _failing(
        self, check: Check, blank: CheckReport, transcript: Transcript, host: Host,
        drawn: tuple[str, ...], session: ServerSession | None, quiet_s: float, *, last: bool,
    ) -> Failing:  # fmt: skip
        past = Past(host.declared_arguments, tuple(self._passed))
        stage = blank.id.partition("/")[0]
        return Failing(
            check, stage, transcript.entries, past, host, self._protocol, self._settings, drawn,
            last, session.asked_at if session is not None else None, quiet_s,
        )  # fmt: skip


def _guests_of(session: ServerSession | None) -> int:
    return session.server.guests.count if session is not None else 0


def _is_last(check: Check, host: Host, *, fresh: bool) -> bool:
    """Whether a try on the running server, or a fresh one, is not followed by another."""
    return fresh or not (host.used or check.beside)


@contextmanager
def _left_on_error(host: Host) -> Iterator[None]:
    """A run that is broken off stops its server first: then checks that run beside the others end
    at once."""
    try:
        yield
    except BaseException:
        host.leave()
        raise


def _own_fault(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return EXHAUSTED
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({frame.filename.rpartition('/')[2]}:{frame.lineno})"
