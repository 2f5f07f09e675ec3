"""Tries the checks of a course on the programs that prove them: each is graded in a process of its
own, several at a time where each has a network of its own."""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.codec import BrokenJson
from grader.course.model import PYTHON, SOCKET
from grader.engine.run import chosen
from grader.isolation import bounded
from grader.isolation.removal import remove
from grader.isolation.scratch import scratch_directory, sweep
from grader.jobs.job import Job
from grader.jobs.options import LIMIT_S, cores
from grader.jobs.processes import GradingProcess, ProcessPool
from grader.jobs.results import result
from grader.jobs.worker import ahead_of
from grader.report.codec import from_json
from grader.report.model import CheckReport, Verdict
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.course import Course, Stage
    from grader.engine.settings import RunSettings


class Trial(Value, frozen=True):
    """One program to be tried. name: what it is called. directory, command: how it is started.
    stages: which it is tried on. fails: the ids of exactly the checks that it has to fail."""

    name: str
    directory: Path
    command: tuple[str, ...]
    stages: tuple[str, ...]
    fails: frozenset[str] = frozenset()


class Tried(Value, frozen=True):
    """What became of a trial. problems: a sentence for each check that judged otherwise than it
    should, or why nothing was judged; none when it is as it should be."""

    trial: Trial
    problems: tuple[str, ...] = ()


def reference_command(course: Course, python: str) -> tuple[str, ...]:
    """How the reference is started as a submission would be: without its socket, and the option
    before it."""
    words: list[str] = []
    for word in course.reference:
        if SOCKET not in word:
            words.append(word.replace(PYTHON, python))
        elif words and words[-1].startswith("-"):
            words.pop()
    return tuple(words)


def tried(
    course: Course, stages: Sequence[Stage], trials: Sequence[Trial], settings: RunSettings
) -> Iterator[Tried]:
    """Try them all, and tell of each as it ends."""
    waiting = deque(enumerate(trials))
    command = trials[0].command[:1] if trials else ()
    with chosen(course, stages, None, command, settings) as (found, _, _):
        private = bounded(found).private_network
    with ExitStack() as stack:
        stack.callback(sweep)  # after one that was killed
        place = stack.enter_context(scratch_directory())
        limit_s = LIMIT_S * max(1.0, settings.timeout_scale)
        ahead = ahead_of(course, [stage.slug for stage in stages])
        pool = stack.enter_context(ProcessPool(limit_s=limit_s, orphans=not private, ahead=ahead))
        while waiting or pool.working:
            while waiting and len(pool.working) < (cores() if private else 1):
                number, trial = waiting.popleft()
                own = place / str(number)
                own.mkdir()
                job = _job(course, trial, settings, own, beside_others=private)
                pool.start(number, job, own, trial.directory)
            for process in pool.ended():
                yield _judged(pool, process, trials[process.number])


def _job(
    course: Course, trial: Trial, settings: RunSettings, place: Path, *, beside_others: bool
) -> Job:
    settings = replace(
        settings, strict=True, keep_going=True, beside_others=beside_others, again=()
    )
    return Job(
        course=str(course.root),
        stages=trial.stages,
        submission=None,
        settings=settings,
        command=trial.command,
        reports=(f"json:{place / 'report'}",),
    )


def _judged(pool: ProcessPool, process: GradingProcess, trial: Trial) -> Tried:
    """What became of a trial whose grading has ended."""
    found = result(pool.dismiss(process))
    try:
        report = from_json((process.place / "report").read_bytes())
    except (OSError, BrokenJson):
        return Tried(trial, (found.reason or "its grading left no report",))
    finally:
        remove(process.place)
    checks = {check.id: check for stage in report.stages for check in stage.checks}
    problems = [
        problem for check in checks.values() if (problem := _problem(check, trial)) is not None
    ]
    if found.reason and not problems:
        problems.append(found.reason)
    return Tried(trial, tuple(problems))


def _problem(check: CheckReport, trial: Trial) -> str | None:
    """What is wrong with the verdict of one check. What is skipped was judged by another one."""
    if check.verdict is Verdict.ERRORED:
        return f"{check.id} could not be judged: {check.reason}"
    if (check.verdict is Verdict.FAILED) == (check.id in trial.fails):
        return None
    if check.id in trial.fails:
        return f"{check.id} {'passes' if check.verdict is Verdict.PASSED else 'is skipped'}"
    if check.verdict is Verdict.FAILED and check.failure is not None:
        return f"{check.id} fails: {check.failure.summary}"
    return None
