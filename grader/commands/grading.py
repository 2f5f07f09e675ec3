"""What `grade SUBMISSION` does, once its command line has been read."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TextIO

import click
from msgspec.structs import replace

from grader.commands.grade_arguments import GradeArguments
from grader.commands.options import taken_settings
from grader.commands.selection import hidden, select
from grader.commands.single_checks import narrowed
from grader.commands.typo import require_no_typo
from grader.course import Course, Stage, course_root, load_course
from grader.intake.suffixes import is_archive
from grader.isolation.scratch import scratch_directory
from grader.jobs.job import Job, PreparedJob, prepared, single_checks
from grader.jobs.neighbours import NOBODY
from grader.jobs.options import ClassOptions
from grader.program.find import HERE
from grader.reporters.terminal import Terminal, is_live, style_for
from grader.reporters.until_unheard import UntilUnheard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.intake.gather import Intake
    from grader.progress.recorder import Follower
    from grader.progress.texts import Named
    from grader.reporters import Reporter


def grade_submissions(command: Sequence[str], given: dict[str, Any]) -> int:
    """Grade the submissions, or check the course. command: the words after `--`. given: the options
    as click has read them, by name."""
    whole, drawn = ClassOptions.taken_from(given), given["seed"] is None
    asked = GradeArguments(taken_settings(given), **given)
    root = asked.course or course_root()
    if asked.check_course:
        return _check_course(asked, root)
    if asked.write or asked.attempt:
        option = "--write" if asked.write else "--try"
        raise click.UsageError(f"{option} works only with --check-course")
    if not command:
        require_no_typo(asked.submissions)
    loaded = load_course(root, only=())
    selected = _selected(asked, loaded)
    hide = hidden(loaded, asked.settings.hide)
    asked = replace(asked, settings=replace(asked.settings, hide=hide))
    with ExitStack() as stack:
        is_class = whole.makes_a_class(asked.submissions, command)
        intake = _intake(asked, whole, stack) if is_class or _may_be_one(asked) else None
        if intake is not None and (is_class or intake.is_class):
            if asked.settings.repeat > 1:
                raise click.UsageError("--repeat grades one submission, not a class")
            return _grade_class(asked, whole, loaded, selected, intake, drawn=drawn)
        job = _job(asked, selected, root, command)
        return _grade_one(asked, prepared(_packed(job, stack), loaded))


def _may_be_one(asked: GradeArguments) -> bool:
    """Whether what is named could hold the submissions of a class."""
    return any(os.path.isdir(path) or is_archive(path) for path in asked.submissions)


def _intake(asked: GradeArguments, whole: ClassOptions, stack: ExitStack) -> Intake:
    """What is handed in: what is named, or listed, or both; by the roster."""
    from grader.jobs.class_intake import class_intake  # who grades one file does without

    def place() -> Path:
        return stack.enter_context(scratch_directory())

    return class_intake(asked.submissions, whole.sources, whole.roster, place)


def _packed(job: Job, stack: ExitStack) -> Job:
    """Of an archive what is in it; anything else is graded where it lies."""
    if not (job.submission and is_archive(job.submission) and os.path.isfile(job.submission)):
        return job
    from grader.intake.given import Given
    from grader.jobs.packing import packed

    found = packed(Given(job.submission), NOBODY, stack.enter_context(scratch_directory()))
    told = replace(NOBODY, refused=found.refused)
    return replace(job, neighbours=told, pack=found.pack, known_as=found.known_as)


def _grade_one(asked: GradeArguments, job: PreparedJob) -> int:
    terminal, follower = _terminal(asked, job), _follower(asked, job)
    if asked.settings.repeat > 1:
        return _repeated(job, [terminal, *([follower] if follower else [])])
    if follower is None:
        return job.run(terminal, announce=terminal.announce).exit_code
    known = follower.begin() if asked.goes_on else ()
    return job.run(terminal, follower, without_advice=known, announce=terminal.announce).exit_code


def _repeated(job: PreparedJob, reporters: Sequence[Reporter]) -> int:
    from grader.jobs.repeat import repeating  # it starts processes, as a class does
    from grader.reporters.delivery import deliver_events

    return deliver_events(repeating(job), [*job.reports, *reporters]).exit_code


def _check_course(asked: GradeArguments, root: Path) -> int:
    from grader.commands.check_course import judge_course, try_course

    code = judge_course(root, write=asked.write)
    if code or not asked.attempt:
        return code
    course = load_course(root, only=())
    stages = _chosen(asked, course, otherwise=course.stages)
    settings, python = asked.run_settings(), asked.python or "python3"
    return try_course(course, stages, settings, python, verbose=asked.verbose > 0)


def _chosen(
    asked: GradeArguments, course: Course, *, otherwise: tuple[Stage, ...]
) -> tuple[Stage, ...]:
    """The stages that are asked for; these others where none are."""
    if not (asked.stages or asked.up_to or asked.tracks):
        return otherwise
    return select(course, stages=asked.stages, up_to=asked.up_to, tracks=asked.tracks)


def _selected(asked: GradeArguments, course: Course) -> tuple[Stage, ...]:
    """The stages that are asked for; of these the single checks, which may be of any stage where no
    stages are asked for."""
    if not asked.settings.checks:
        return _chosen(asked, course, otherwise=course.tracks[0].stages)
    if asked.progress:
        raise click.UsageError("--progress keeps what whole stages came to; leave out --check")
    stages = _chosen(asked, course, otherwise=course.stages)
    return narrowed(course, stages, asked.settings.checks)


def _job(asked: GradeArguments, stages: Sequence[Stage], root: Path, command: Sequence[str]) -> Job:
    path = next(iter(asked.submissions), None)
    named = path if path is not None or command else HERE
    settings = asked.run_settings(asked.again(named, command))
    slugs = tuple(stage.slug for stage in stages)
    return Job(
        str(root), slugs, path, settings, tuple(command), asked.python,
        checks=single_checks(stages, settings), reports=asked.reports,
    )  # fmt: skip


def _follower(asked: GradeArguments, job: PreparedJob) -> Follower | None:
    """What keeps the progress; it is loaded where there is some, or where it is asked for."""
    directory = job.submission.directory
    kept = os.path.lexists(directory / ".grade") and not asked.settings.checks
    if not (kept if asked.progress is None else asked.progress):
        return None
    from grader.progress.recorder import following

    stream = _shown_on(job)
    style = style_for(stream, **asked.looks(stream))
    return following(
        directory, job.course, job.stages, stream, style, wanted=asked.progress,
        program=job.submission.program, named=_named(asked, job.job),
    )  # fmt: skip


def _named(asked: GradeArguments, job: Job) -> Named:
    """How the commands that are named at the end of a run reach the same program."""
    from grader.progress.texts import Named

    course = ("--course", str(asked.course)) if asked.course else ()
    words = asked.again(job.submission or (None if job.command else HERE), job.command).words()
    return Named(course, () if words == (HERE,) else words)


def _terminal(asked: GradeArguments, job: PreparedJob) -> UntilUnheard:
    """The live report."""
    stream = _shown_on(job)
    live = is_live(stream)
    terminal = Terminal(stream, **asked.looks(stream), live=live, hints=asked.hint)
    return UntilUnheard(terminal, stream)


def _shown_on(job: PreparedJob) -> TextIO:
    """Standard error, when a report takes standard output."""
    return sys.stderr if job.on_standard_output else sys.stdout


def _grade_class(
    asked: GradeArguments, whole: ClassOptions, course: Course, stages: Sequence[Stage],
    intake: Intake, *, drawn: bool,
) -> int:  # fmt: skip
    from grader.jobs.assignment import Assignment  # only a class waits for it to load
    from grader.jobs.grade_class import grade_class

    on_output = any(it.path is None for it in whole.written)
    stream = sys.stderr if on_output else sys.stdout
    assignment = Assignment(
        course, stages, asked.run_settings(), asked.again(None), whole, asked.python,
        asked.reports, asked.hint, drawn, ("grade", *sys.argv[1:]),
    )  # fmt: skip
    style = style_for(stream, **asked.looks(stream))
    return grade_class(assignment, intake, stream, style, live=is_live(stream))
