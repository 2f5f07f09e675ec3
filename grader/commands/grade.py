"""The command line: arguments in, exit code out."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader import __version__
from grader.commands import options
from grader.commands.delivery import deliver_events
from grader.commands.grade_arguments import GradeArguments
from grader.commands.selection import select
from grader.commands.table import COMMANDS, overview
from grader.course import Course, Stage, check_course, course_root, load_course, write_pages
from grader.engine.run import refused, saved_cases
from grader.errors import GraderError, NotGraded, io_failed, own_fault
from grader.jobs.neighbours import Neighbours
from grader.jobs.options import ClassOptions, class_options, forwarded
from grader.outcomes import Ending
from grader.program.find import Submission, find
from grader.reporters import Reporter, parse_specs, reported
from grader.reporters.terminal import Terminal, looks_on, said_lines, style_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.progress.recorder import Follower

_EPILOG = f"""{overview()}

\b
Exit codes: 0 every selected stage passed, 1 some failed, 2 the command line or
the course is wrong or there is nothing to grade yet, 3 the grader or the machine
failed, 130 interrupted. Of a class: 0 all passed; 3 one could not be judged; else
1, or 2 when there was nothing to grade in any of them."""


def run(arguments: Sequence[str]) -> int:
    """One call of `grade`, without its name: the exit code. KeyboardInterrupt is the caller's."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    ours, command = list(arguments[:cut]), tuple(arguments[cut + 1 :])
    other = COMMANDS.get(ours[0]) if ours else None
    if other is not None and command and not other.takes_program:
        other = None  # a program of that name, then
    name = f"grade {ours[0]}" if other else "grade"
    try:
        called = other.load() if other else grade
        return int(
            called.main(
                ours[1:] if other else ours, prog_name=name, standalone_mode=False, obj=command
            )
            or 0
        )
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (GraderError, MemoryError) as error:
        return _refuse(error if isinstance(error, GraderError) else own_fault(error))
    except BrokenPipeError:  # whoever read our output has left
        _forget_output()
        return 1
    except OSError as error:
        _forget_output()
        click.echo(f"grade: {io_failed(error)}", err=True)
        return Ending.ERRORED.exit_code


def _refuse(error: GraderError) -> int:
    """Say why nothing is graded, with the end of what a build printed; the exit code."""
    style = style_for(sys.stderr, **looks_on(sys.stderr, no_color=True, verbosity=0))
    click.echo("\n".join([f"grade: {error}", *said_lines(error, style)]), err=True)
    return error.exit_code


def _forget_output() -> None:
    """What is still in the buffer cannot be written: the interpreter must not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("submissions", nargs=-1, metavar="[SUBMISSION]...")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="SEL",
    help="Grade exactly these: 5, echo, 1-5, 3,5; repeatable.",
)
@options.UP_TO
@options.TRACK
@click.option("--all", "keep_going", is_flag=True, help="Keep going after a failed stage.")
@click.option("--strict", is_flag=True, help="Advice counts as required.")
@options.SEED
@options.PORT
@options.TIMEOUT_SCALE
@click.option("--fresh", is_flag=True, help="Launch the program anew for every check.")
@options.PYTHON
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="Also write a report (terminal, json, html, brief); repeatable.",
)
@options.SANDBOX
@options.REQUIRE_SANDBOX
@options.LIMIT
@class_options
@options.BESIDE_OTHERS
@options.PROGRESS
@options.COURSE
@click.option("--check-course", is_flag=True, help="Check the course itself, and grade nothing.")
@click.option(
    "--write", is_flag=True, help="With --check-course: rewrite the pages' lists of checks."
)
@click.option("--hint", is_flag=True, help="With each failure, show a nudge: what to look at.")
@click.option("-v", "--verbose", count=True, help="Show more.")
@click.option("-q", "--quiet", is_flag=True, help="Show failures and the verdict only.")
@options.NO_COLOR
@click.version_option(__version__, prog_name="grade")
@click.pass_obj
def grade(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Grade the HTTP server SUBMISSION: a .py file, an executable, a directory, or a command after
    --.

    Without a selection, the first track is graded in order up to the first stage that fails.

    Several are graded as a class, side by side where each has a network of its own: a line for
    each, and a table. Their reports need a path with {name} in it, or a directory.
    """
    whole = ClassOptions.taken_from(given)
    asked = GradeArguments(**given)
    root = asked.course or course_root()
    if asked.check_course:
        return _check_course(root, write=asked.write)
    if asked.write:
        raise click.UsageError("--write goes with --check-course")
    loaded = load_course(root, only=())
    selected = select(loaded, stages=asked.stages, up_to=asked.up_to, track=asked.track)
    if whole.makes_a_class(asked.submissions, command):
        return _grade_class(asked, whole, loaded, selected)
    specs = parse_specs(asked.reports)
    among = Neighbours.read(asked.among) if asked.among else Neighbours()
    with reported(
        specs, lambda: refused(loaded, selected, asked.submissions[0], asked.run_options())
    ):
        found = _found(asked, command, among)
    aside = any(spec.destination.path is None for spec in specs)
    terminal = _terminal(asked, aside=aside)
    saved, unusable = saved_cases(found)
    for sentence in unusable:
        click.echo(f"grade: {sentence}", err=True)
    reporters: list[Reporter] = [*(spec.open() for spec in specs), terminal]
    reports = [spec.destination.target for spec in specs if spec.destination.target]
    how = replace(asked.run_options(command), hidden=(*map(Path, among.hidden), *reports))
    if follower := _follower(asked, loaded, selected, found, aside=aside):
        reporters.append(follower)
        how = replace(how, without_advice=follower.begin()) if asked.goes_on else how
    return deliver_events(loaded, selected, found, how, reporters, saved)


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
    kept = os.path.lexists(found.directory / ".grade")
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
        course, stages, asked.run_options(), whole, words, asked.python, asked.reports
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
    click.echo(f"{course.title}: {len(course.stages)} stages, {checks} checks, nothing wrong")
    return 0
