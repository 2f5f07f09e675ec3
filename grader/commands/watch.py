"""`grade watch`: the command line of it."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from grader.commands import options, sandbox
from grader.commands.selection import select, select_one
from grader.course import Course, Stage, course_root, load_course
from grader.course.page_languages import language_of
from grader.course.pages import page_text
from grader.program.find import HERE, find
from grader.progress import folder
from grader.progress.ci import is_ci
from grader.reporters.terminal import looks_on, style_for
from grader.reproduce.server import Again
from grader.text.escape import printable
from grader.value import Value
from grader.watch.changes import Changes
from grader.watch.keys import Keys
from grader.watch.loop import Watch
from grader.watch.orders import Setup
from grader.watch.plan import first_focus
from grader.watch.pool import WorkerPool
from grader.watch.screen import WatchScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.engine.settings import RunSettings
    from grader.program.submission import Submission
    from grader.progress.texts import Records


@click.command()
@click.argument("submission", required=False)
@click.option(
    "--stage",
    metavar="STAGE",
    help="Start with this stage (default: the first that has not passed).",
)
@options.TRACK
@click.option("--strict", is_flag=True, help="Treat advice as required.")
@options.SEED
@options.PORT
@options.TIMEOUT_SCALE
@options.PYTHON
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@click.option(
    "--progress/--no-progress",
    default=True,
    help="Record what passed in .grade/progress.json (default: yes).",
)
@click.option(
    "--polling",
    is_flag=True,
    help="Look for changed files every 300 ms, where the system reports none.",
)
@options.COURSE
@options.NO_COLOR
@click.pass_obj
def watch(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Grade SUBMISSION (default: this directory) on every save: first the stage you are at, then
    the stages that passed before.

    Keys: n next stage, once this one passes; p the stage before; l list the course and go to a
    stage by its number; h hint, and h again the next one; space the page of the stage; f everything
    or the first failure alone; a grade the whole track; s strict on or off; r run again; q quit.
    What passes is recorded in .grade/progress.json.
    """
    seeded = given["seed"] is not None
    submission = given["submission"] or (None if command else HERE)
    options_again = {f"--{name}": given[name] for name in ("course", "port", "python")}
    again = Again(options_again, submission, command).words()
    settings = replace(options.taken_settings(given), keep_going=True, again=again)
    asked = WatchArguments(settings, seeded, **given)
    course = load_course(asked.course or course_root(), only=())
    stages = (
        [select_one(course, asked.stage, asked.tracks)]
        if asked.stage
        else select(course, tracks=asked.tracks)
    )
    found = find(asked.submission, command, asked.python)
    keep = asked.progress and _begins_to_keep(found)
    setup = _setup(asked, asked.submission, command, found, course)
    focus = first_focus(stages, _known(found.directory, course) if keep else {})
    _watch(asked, course, focus, found, setup, keep=keep)
    return 0


class WatchArguments(Value, frozen=True):
    """The command line of `grade watch`, as click read it; a field for each option, and `settings`
    for all those that say how to grade. seeded: whether a seed was asked for."""

    settings: RunSettings
    seeded: bool
    submission: str | None
    stage: str | None
    tracks: tuple[str, ...]
    python: str | None
    progress: bool
    polling: bool
    course: Path | None
    no_color: bool


def _begins_to_keep(found: Submission) -> bool:
    """Whether progress is kept here from now on; if not, it is said why."""
    try:
        if is_ci(os.environ):
            raise folder.NotKept("in CI it would be lost")
        folder.make(found.directory)
        folder.read_own(found.directory, found.program)
    except folder.NotKept as error:
        click.echo(f"grade: your progress is not recorded: {printable(str(error))}", err=True)
        return False
    return True


def _known(directory: Path, course: Course) -> Records:
    return folder.read(directory).of(course.slug)


def _setup(
    asked: WatchArguments,
    submission: str | None,
    command: Sequence[str],
    found: Submission,
    course: Course,
) -> Setup:
    """The interpreter that was found goes with it: where `python3` is a script, looking behind it
    takes a while."""
    first = Path(found.command[0])
    python = asked.python or (str(first) if first.name.startswith("python") else None)
    return Setup(
        submission, tuple(command), python, str(course.root), asked.settings,
        asked.no_color,
    )  # fmt: skip


def _watch(
    asked: WatchArguments,
    course: Course,
    focus: Stage,
    found: Submission,
    setup: Setup,
    *,
    keep: bool,
) -> None:
    style = style_for(sys.stdout, **looks_on(sys.stdout, no_color=asked.no_color, verbosity=0))
    with ExitStack() as stack:
        keys = stack.enter_context(Keys())
        pool = stack.enter_context(WorkerPool(setup, course))
        changes = stack.enter_context(Changes(found.directory, polling=asked.polling))
        Watch(
            course, focus, lambda: _known(found.directory, course) if keep else {}, pool, changes,
            keys, WatchScreen(sys.stdout, style), partial(_show_page, asked, found),
            settings=asked.settings, seeded=asked.seeded, keep=keep,
        ).run()  # fmt: skip


def _show_page(asked: WatchArguments, found: Submission, stage: Stage) -> None:
    """The page of a stage, for the language of this program."""
    from grader.pages.reading import language_in, look_here, page_in, show_page

    language = language_of(found.command) or language_in(found.directory)
    show_page(page_in(page_text(stage), language, stage.slug), look_here(no_color=asked.no_color))
