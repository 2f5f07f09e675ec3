"""One grading as a value: a Job says what is graded and how, a Done how that ended.

Both can be sent to another process, and the work is the same wherever it is done: the command that
grades one submission does it in its own process, a class in one for each submission
(`grader.jobs.worker`). A grading enters its sandbox once in the life of a process, which must not
have a second thread then.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from grader.course import course_version, load_checks, load_course
from grader.engine.run import announced, grading, refused, saved_cases
from grader.engine.settings import RunSettings
from grader.errors import NotGraded
from grader.jobs.neighbours import NOBODY, Neighbours
from grader.program.find import HERE, find
from grader.reporters import parse_specs, reported
from grader.reporters.delivery import deliver_events
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.course import Course, Stage
    from grader.errors import GraderError
    from grader.program.submission import Contents, Submission
    from grader.report.model import Event, RunStarted
    from grader.reporters import Reporter, ReportSpec


class Job(Value, frozen=True):
    """What to grade, and how. Every field has a type that JSON can carry.

    course: its directory. stages: by their slugs, in order. submission: as the command line names
    it; None where `command` starts it, or it is the program of this directory. python: the
    interpreter that was asked for. checks: these alone, by their ids; empty for all. neighbours:
    what it is told of the rest of its class. reports: as `--report` has them. hints: how many steps
    of each hint are shown as it happens. leaves: the directory in which it leaves what its class
    keeps (`grader.jobs.left_behind`); empty for nothing. pack: the file with the submission, where
    it was packed, and beside which it is unpacked. known_as: where the learner's own directory lies
    then, or would lie.
    """

    course: str
    stages: tuple[str, ...]
    submission: str | None
    settings: RunSettings
    command: tuple[str, ...] = ()
    python: str | None = None
    checks: tuple[str, ...] = ()
    neighbours: Neighbours = NOBODY
    reports: tuple[str, ...] = ()
    hints: int = 0
    leaves: str = ""
    pack: str = ""
    known_as: str = ""


class Done(Value, frozen=True):
    """How a grading ended: what `grade` exits with. Its findings are in its reports."""

    exit_code: int


class PreparedJob(Value, frozen=True):
    """A job whose submission is there, and whose reports can be written."""

    job: Job
    course: Course
    stages: Sequence[Stage]
    submission: Submission
    specs: Sequence[ReportSpec]
    reports: Sequence[Reporter]

    @property
    def on_standard_output(self) -> bool:
        """Whether a report goes there, so that nothing else should."""
        return any(spec.destination.path is None for spec in self.specs)

    @property
    def written(self) -> tuple[str, ...]:
        """The files that its reports go to."""
        targets = (spec.destination.target for spec in self.specs)
        return tuple(str(target) for target in targets if target)

    def run(
        self,
        *reporters: Reporter,
        without_advice: tuple[str, ...] = (),
        announce: Callable[[RunStarted], None] | None = None,
    ) -> Done:
        """Grade. reporters: which follow it, besides those of its reports. announce: is given what
        is known before a sandbox is tried, of which it does not say. Raises `GraderError` where
        nothing was begun."""
        asked = not self.job.checks
        saved, unusable = saved_cases(self.course, self.submission) if asked else ((), ())
        for sentence in unusable:
            click.echo(f"grade: {sentence}", err=True)
        settings = replace(
            self.job.settings,
            hidden=(*self.job.neighbours.hidden, *self.written),
            without_advice=without_advice,
        )
        version, seen = course_version(self.course.root), _Begun()
        foreseen = announced(self.course, self.stages, self.submission, settings, version)
        events = grading(self.course, self.stages, self.submission, settings, saved, version)
        try:
            if announce is not None:
                announce(foreseen)
            return Done(deliver_events(events, [seen, *self.reports, *reporters]).exit_code)
        except (KeyboardInterrupt, OSError):  # the latter where nothing can be shown
            for spec in () if seen.begun else self.specs:
                (report := spec.open()).handle(foreseen)
                report.close()
            raise


class _Begun:
    """A reporter that knows whether there was anything to report."""

    begun = False

    def handle(self, _event: Event) -> None:
        self.begun = True

    def close(self, error: GraderError | None = None) -> None:
        """Nothing more is to be known."""


def prepared(job: Job, course: Course | None = None) -> PreparedJob:
    """The job with its submission. Where that cannot be graded, its reports say so. Raises
    `GraderError`. course: the one that it names, if it is loaded already."""
    course = course or load_course(Path(job.course), only=())
    stages = [_narrowed(course.stage(slug), job.checks) for slug in job.stages]
    specs = parse_specs(job.reports)

    def begun() -> RunStarted:
        named = job.submission or " ".join(job.command) or HERE
        return refused(course, stages, named, job.settings)

    with reported(specs, begun):
        if job.neighbours.refused:
            raise NotGraded(job.neighbours.refused)
        found = find(job.submission, job.command, job.python, _contents(job))
        found = replace(found, alone=job.neighbours.alone)
    return PreparedJob(job, course, stages, found, specs, [spec.open() for spec in specs])


def _contents(job: Job) -> Contents | None:
    """What was packed, unpacked again; None where nothing was."""
    if not job.pack:
        return None
    from grader.jobs.packing import unpacked  # who grades one program does without

    return unpacked(job.pack, job.known_as)


def single_checks(stages: Sequence[Stage], settings: RunSettings) -> tuple[str, ...]:
    """The ids of the checks that these stages were narrowed to, for a Job; none if they were
    not."""
    if not settings.checks:
        return ()
    return tuple(f"{stage.slug}/{check.name}" for stage in stages for check in stage.checks)


def _narrowed(stage: Stage, ids: Sequence[str]) -> Stage:
    names = frozenset(one.partition("/")[2] for one in ids if one.partition("/")[0] == stage.slug)
    return load_checks(stage).narrowed_to(names) if ids else stage


def run(job: Job, *reporters: Reporter, course: Course | None = None) -> Done:
    """Do it here. reporters: which follow it, besides those of its reports. course: the one that it
    names, if it is loaded already. Raises `GraderError` where nothing was begun."""
    return prepared(job, course).run(*reporters)
