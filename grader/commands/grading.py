"""What `grade SUBMISSION` does, once its command line has been read."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from grader.commands.delivery import deliver_events
from grader.commands.grade_arguments import GradeArguments
from grader.commands.options import taken_settings
from grader.commands.selection import select
from grader.commands.single_checks import narrowed
from grader.course import Course, Stage, check_course, course_root, load_course, write_pages
from grader.engine.run import refused, saved_cases
from grader.errors import NotGraded
from grader.jobs.neighbours import NOBODY, Neighbours
from grader.jobs.options import ClassOptions, forwarded
from grader.program.find import Submission, find
from grader.reporters import Reporter, parse_specs, reported
from grader.reporters.terminal import Terminal, style_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.progress.recorder import Follower


def grade_submissions(command: Sequence[str], given: dict[str, Any]) -> int:
    """Grade the submissions, or check the course. command: the words after `--`. given: the options
    as click has read them, by name."""
    whole = ClassOptions.taken_from(given)
    asked = GradeArguments(taken_settings(given), **given)
    root = asked.course or course_root()
    if asked.check_course:
        return _check_course(root, write=asked.write)
    if asked.write:
        raise click.UsageError("--write works only with --check-course")
    loaded = load_course(root, only=())
    selected = _selected(asked, loaded)
    if whole.makes_a_class(asked.submissions, command):
        return _grade_class(asked, whole, loaded, selected)
    specs = parse_specs(asked.reports)
    among = Neighbours.read(asked.among) if asked.among else NOBODY
    with reported(
        specs, lambda: refused(loaded, selected, asked.submissions[0], asked.run_settings())
    ):
        found = _found(asked, command, among)
    aside = any(spec.destination.path is None for spec in specs)
    terminal = _terminal(asked, aside=aside)
    saved, unusable = ((), ()) if asked.settings.checks else saved_cases(found)
    for sentence in unusable:
        click.echo(f"grade: {sentence}", err=True)
    reporters: list[Reporter] = [*(spec.open() for spec in specs), terminal]
    reports = [str(spec.destination.target) for spec in specs if spec.destination.target]
    settings = replace(asked.run_settings(command), hidden=(*among.hidden, *reports))
    if follower := _follower(asked, loaded, selected, found, aside=aside):
        reporters.append(follower)
        if asked.goes_on:
            settings = replace(settings, without_advice=follower.begin())
    return deliver_events(loaded, selected, found, settings, reporters, saved)


def _selected(asked: GradeArguments, course: Course) -> tuple[Stage, ...]:
    """The stages that are asked for; of these the single checks, which may be of any stage where no
    stages are asked for."""
    if not asked.settings.checks:
        return select(course, stages=asked.stages, up_to=asked.up_to, track=asked.track)
    if asked.progress:
        raise click.UsageError("--progress keeps what whole stages came to; leave out --check")
    anywhere = not (asked.stages or asked.up_to or asked.track)
    stages = (
        course.stages
        if anywhere
        else select(course, stages=asked.stages, up_to=asked.up_to, track=asked.track)
    )
    return narrowed(course, stages, asked.settings.checks)


def _found(asked: GradeArguments, command: Sequence[str], among: Neighbours) -> Submission:
    if among.refused:
        raise NotGraded(among.refused)
    return replace(
        find(next(iter(asked.submissions), None), command, asked.python), alone=among.alone
    )


def _follower(
    asked: GradeArguments,
    course: Course,
    stages: Sequence[Stage],
    found: Submission,
    *,
    aside: bool,
) -> Follower | None:
    """What keeps the progress; it is loaded where there is some, or where it is asked for."""
    kept = os.path.lexists(found.directory / ".grade") and not asked.settings.checks
    if not (kept if asked.progress is None else asked.progress):
        return None
    from grader.progress.recorder import following

    stream = sys.stderr if aside else sys.stdout
    style = style_for(stream, **asked.looks(stream))
    return following(found.directory, course, stages, stream, style, wanted=asked.progress)


def _terminal(asked: GradeArguments, *, aside: bool) -> Reporter:
    """The live report; `aside`, on standard error, when another report takes standard output."""
    stream = sys.stderr if aside else sys.stdout
    return Terminal(stream, **asked.looks(stream), live=stream.isatty(), hints=asked.hint)


def _grade_class(
    asked: GradeArguments, whole: ClassOptions, course: Course, stages: Sequence[Stage]
) -> int:
    from grader.jobs.class_run import Assignment, grade_class  # only a class waits for it to load

    stream = sys.stderr if whole.summary == "-" else sys.stdout
    words = forwarded(click.get_current_context())
    assignment = Assignment(
        course, stages, asked.run_settings(), whole, words, asked.python, asked.reports
    )
    return grade_class(
        assignment, asked.submissions, stream, style_for(stream, **asked.looks(stream))
    )


def _check_course(root: Path, *, write: bool) -> int:
    if write:
        for page in write_pages(root):
            click.echo(f"wrote {page}")
    problems = check_course(root)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        return 2
    course = load_course(root)
    checks = sum(len(stage.checks) for stage in course.stages)
    click.echo(f"{course.title}: {len(course.stages)} stages, {checks} checks, no problems")
    return 0
