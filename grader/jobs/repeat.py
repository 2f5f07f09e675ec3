"""One submission graded several times, each time with another seed and in a process of its own:
what each run came to, and the events of the one that is shown.

Shown is the first run that failed, as soon as it is over; where none fails, the last one. A process
for each, as in a class: nothing of a run is left for the next one.
"""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.declaration import Level
from grader.codec import BrokenJson
from grader.engine.run import chosen, header_of, started
from grader.errors import GraderError, NotGraded
from grader.isolation import bounded
from grader.isolation.removal import remove
from grader.isolation.scratch import scratch_directory, sweep
from grader.jobs.options import LIMIT_S
from grader.jobs.processes import ProcessPool
from grader.jobs.results import result
from grader.jobs.worker import ahead_of
from grader.outcomes import Outcome
from grader.report.codec import from_json
from grader.report.model import (
    Event,
    Repetition,
    Report,
    RunFinished,
    RunRepeated,
    RunShown,
    Verdict,
)
from grader.reporters.again import replayed

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from grader.jobs.job import Job, PreparedJob


@contextmanager
def repeating(prepared: PreparedJob) -> Iterator[Iterator[Event]]:
    """The events of all runs, as they end. Leaving the context ends the one that is under way."""
    job, submission = prepared.job, prepared.submission
    settings = job.settings
    with ExitStack() as stack:
        with chosen(prepared.course, prepared.stages, submission, submission.named, settings) as (
            tried,
            _,
            limits,
        ):
            level = bounded(tried)
            header = header_of(prepared.course, submission, settings, level, limits)
        stack.callback(sweep)  # after one that was killed
        place = stack.enter_context(scratch_directory())
        limit_s = LIMIT_S * max(1.0, settings.timeout_scale)
        ahead = ahead_of(prepared.course, job.stages)
        orphans = not level.private_network
        pool = stack.enter_context(ProcessPool(limit_s=limit_s, orphans=orphans, ahead=ahead))
        runs = closing(_runs(pool, _for_one(prepared), place))
        reports = stack.enter_context(runs)
        yield _events(reports, started(header, prepared.stages))


def _for_one(prepared: PreparedJob) -> Job:
    """The job of one run, but for its seed; the program does not see where our reports go."""
    job = prepared.job
    hidden = (*job.neighbours.hidden, *prepared.written)
    return replace(job, neighbours=replace(job.neighbours, hidden=hidden), reports=())


def _runs(pool: ProcessPool, job: Job, place: Path) -> Generator[Report, None, None]:
    """The report of each run. Raises `GraderError` for one that has judged nothing."""
    first = job.settings.seed
    for number in range(job.settings.repeat):
        (own := place / str(number)).mkdir()
        settings = replace(job.settings, seed=first + number, repeat=1)
        written = own / "report"
        pool.start(number, replace(job, settings=settings, reports=(f"json:{written}",)), own)
        (process,) = pool.ended()
        found = result(pool.dismiss(process))
        try:
            report = from_json(written.read_bytes())
        except (OSError, BrokenJson) as error:
            raise GraderError(found.reason or "a run has left no report") from error
        finally:
            remove(own)
        if report.outcome is Outcome.NOT_GRADED:
            raise NotGraded(report.reason or "nothing was graded", report.output_tail)
        if report.reason is not None:
            raise GraderError(report.reason)
        yield report


def _events(reports: Iterator[Report], begins: Event) -> Iterator[Event]:
    yield begins
    runs: list[Repetition] = []
    shown: Report | None = None
    for report in reports:
        runs.append(run := repetition_of(report))
        yield RunRepeated(run)
        if shown is not None and shown.verdict is Verdict.FAILED:
            continue
        shown = report
        if report.verdict is Verdict.FAILED:
            yield from _shown(report)
    assert shown is not None
    if shown.verdict is not Verdict.FAILED:
        yield from _shown(shown)
    yield RunFinished(_whole(shown, runs))


def _whole(shown: Report, runs: Sequence[Repetition]) -> Report:
    """The report of the shown run, which says what the others came to."""
    environment = replace(shown.header.environment, repeat=len(runs))
    header = replace(shown.header, environment=environment)
    return replace(shown, header=header, repetitions=tuple(runs))


def repetition_of(report: Report) -> Repetition:
    """What a run came to, in short."""
    environment = report.header.environment
    failed = (
        check.id
        for stage in report.stages
        for check in stage.checks
        if check.verdict is Verdict.FAILED and (environment.strict or check.level is Level.REQUIRED)
    )
    return Repetition(environment.seed, report.verdict, tuple(failed))


def _shown(report: Report) -> Iterator[Event]:
    """The one run that is shown."""
    yield RunShown(report.header.environment.seed, report.verdict)
    yield from replayed(report)
