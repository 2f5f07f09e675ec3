"""`grade --check-course`: what is wrong with a course, and its programs tried by its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.comparing.load import comparison_of
from grader.course import Course, Stage, load_checks, load_course
from grader.course.audit import check_course, write_pages
from grader.errors import CourseError
from grader.text.escape import printable
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.engine.settings import RunSettings
    from grader.jobs.trial import Trial

WRONG = 2


def judge_course(root: Path, *, write: bool) -> int:
    """Say what is wrong with the course in `root`; the exit code. write: bring the pages up to date
    before."""
    if write:
        for page in write_pages(root):
            click.echo(f"wrote {page}")
    problems = check_course(root) or _of_comparisons(load_course(root, only=()))
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        return WRONG
    course = load_course(root)
    checks = sum(len(stage.checks) for stage in course.stages)
    click.echo(f"{course.title}: {len(course.stages)} stages, {checks} checks, no problems")
    return 0


def _of_comparisons(course: Course) -> list[CourseError]:
    """What is wrong with what compares the course's tracks with the reference."""
    problems: dict[str, CourseError] = {}
    for track in course.tracks:
        try:
            comparison_of(course, track)
        except CourseError as problem:
            problems[track.comparison] = problem  # two tracks may name it
    return list(problems.values())


def try_course(
    course: Course, selected: Sequence[Stage], settings: RunSettings, python: str, *, verbose: bool
) -> int:
    """Grade the reference, the right and the wrong programs by the selected stages, and say what is
    not as it should be; the exit code."""
    from grader.jobs.trial import tried

    stages = [load_checks(stage) for stage in selected]
    trials, wrong = _trials(course, stages, python)
    for sentence in wrong:
        click.echo(sentence, err=True)
    for done in tried(course, stages, trials, settings):
        if verbose and not done.problems:
            click.echo(f"{done.trial.name}: as it should be")
        for problem in done.problems:
            wrong.append(f"{done.trial.name}: {printable(problem)}")
            click.echo(wrong[-1], err=True)
    caught = {check for trial in trials for check in trial.fails}
    unproven = [
        check
        for stage in stages
        for check in (f"{stage.slug}/{it.name}" for it in stage.checks)
        if check not in caught
    ]
    for check in unproven:
        click.echo(f"{check}: no wrong program fails it")
    click.echo(
        f"{counted(len(trials), 'program')} tried, seed {settings.seed}:"
        f" {counted(len(wrong), 'problem') if wrong else 'all as they should be'};"
        f" {counted(len(unproven), 'check')} without a wrong program"
    )
    return WRONG if wrong else 0


def _trials(course: Course, stages: Sequence[Stage], python: str) -> tuple[list[Trial], list[str]]:
    """What is tried, the reference first, and what is wrong with what the programs say."""
    from grader.course.programs import proving_programs
    from grader.jobs.trial import Trial, reference_command

    slugs = tuple(stage.slug for stage in stages)
    first = Trial("reference", course.root, reference_command(course, python), slugs)
    programs, problems = proving_programs(course, stages)
    trials = [
        Trial(
            str((program.folder / program.name).relative_to(course.root)),
            program.folder,
            program.command(python),
            program.stages,
            program.fails,
        )
        for program in programs
    ]
    return [first, *trials], [str(problem) for problem in problems]
