"""The command line: arguments in, exit code out."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click

from grader import __version__
from grader.course import Course, Stage, check_course, course_root, load_course, write_pages
from grader.errors import GraderError, MachineError
from grader.grading import Options, grading
from grader.isolation import LADDER
from grader.report import RunFinished, Verdict
from grader.reporters import Reporter, parse_specs
from grader.reporters.terminal import Terminal
from grader.selection import select
from grader.submission.find import Submission, find

EXIT_CODES = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.ERRORED: 3, Verdict.SKIPPED: 3}

_EPILOG = """\b
Other commands:
  grade stages [--course DIR]      list the course
  grade show STAGE [--course DIR]  print a stage's page

\b
Exit codes: 0 every selected stage passed, 1 some failed, 2 the command line or
the course is wrong, 3 the grader or the machine failed, 130 interrupted."""


def run(arguments: Sequence[str]) -> int:
    """One call of `grade`, without its name: the exit code. KeyboardInterrupt is the caller's."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    ours, command = list(arguments[:cut]), tuple(arguments[cut + 1 :])
    other = _COMMANDS.get(ours[0]) if ours and not command else None
    try:
        if other is not None:
            return int(other.main(ours[1:], prog_name=f"grade {ours[0]}", standalone_mode=False) or 0)
        return int(grade.main(ours, prog_name="grade", standalone_mode=False, obj=command) or 0)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except GraderError as error:
        click.echo(f"grade: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:  # whoever read our output has left
        _forget_output()
        return 1
    except OSError as error:
        _forget_output()
        click.echo(f"grade: cannot write: {error.strerror or error}", err=True)
        return MachineError.exit_code


def _forget_output() -> None:
    """What is still in the buffer cannot be written, and the interpreter must not try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _scale(text: str) -> float:
    """A factor from 0.01 to 1000."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.01 <= value <= 1000:  # which NaN is not
        raise click.BadParameter(f"{text} is not a number from 0.01 to 1000")
    return value


@click.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("submission", required=False)
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="SEL",
    help="Grade exactly these: 5, echo, 1-5, 3,5; repeatable.",
)
@click.option("--up-to", metavar="STAGE", help="Grade the stages up to this one.")
@click.option("--track", metavar="NAME", help="Grade this track instead of the first.")
@click.option("--all", "keep_going", is_flag=True, help="Keep going after a failed stage.")
@click.option("--strict", is_flag=True, help="Advice counts as required.")
@click.option("--seed", type=int, metavar="N", help="Repeat a run: the same seed sends the same bytes.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port the program listens on, instead of the course's.",
)
@click.option(
    "--timeout-scale",
    type=_scale,
    default=1.0,
    metavar="X",
    help="Multiply every budget by X.",
)
@click.option("--python", metavar="PROGRAM", help="The interpreter for .py files (default: python3 on PATH).")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="Also write a report (terminal, json); repeatable.",
)
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "off", *LADDER]),
    default="auto",
    help="How to contain the program.",
)
@click.option("--course", type=click.Path(path_type=Path), metavar="DIR", help="Grade by the course in DIR.")
@click.option("--check-course", is_flag=True, help="Check the course itself, and grade nothing.")
@click.option("--write", is_flag=True, help="With --check-course: rewrite the pages' lists of checks.")
@click.option("-v", "--verbose", count=True, help="Show more.")
@click.option("-q", "--quiet", is_flag=True, help="Show failures and the verdict only.")
@click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR in the environment).")
@click.version_option(__version__, prog_name="grade")
@click.pass_obj
def grade(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Grade the HTTP server SUBMISSION: a .py file, an executable, a directory, or a command after --.

    Without a selection, the first track is graded in order up to the first stage that fails.
    """
    asked = Arguments(**given)
    root = asked.course or course_root()
    if asked.check_course:
        return _check_course(root, write=asked.write)
    if asked.write:
        raise click.UsageError("--write goes with --check-course")
    if asked.submission and command:
        raise click.UsageError("give either a SUBMISSION or a command after --, not both")
    loaded = load_course(root, only=())
    selected = select(loaded, stages=asked.stages, up_to=asked.up_to, track=asked.track)
    found = find(asked.submission, command, asked.python)
    specs = parse_specs(asked.reports)
    terminal = _terminal(asked, aside=any(spec.destination.path is None for spec in specs))
    return _run(loaded, selected, found, _options(asked), [*(spec.open() for spec in specs), terminal])


@dataclass(frozen=True, slots=True)
class Arguments:
    """The command line of `grade`, as click has read it; each field is the option of its name."""

    submission: str | None
    stages: tuple[str, ...]
    up_to: str | None
    track: str | None
    keep_going: bool
    strict: bool
    seed: int | None
    port: int | None
    timeout_scale: float
    python: str | None
    reports: tuple[str, ...]
    sandbox: str
    course: Path | None
    check_course: bool
    write: bool
    verbose: int
    quiet: bool
    no_color: bool


def _options(asked: Arguments) -> Options:
    """A selection by --stage is graded whole; everything else stops at the first failed stage unless --all is given."""
    return Options(
        seed=asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**7),
        strict=asked.strict,
        keep_going=asked.keep_going or bool(asked.stages),
        port=asked.port,
        timeout_scale=asked.timeout_scale,
        sandbox=asked.sandbox,
    )


def _terminal(asked: Arguments, *, aside: bool) -> Reporter:
    """The live report; `aside`, on standard error, when another report takes standard output."""
    stream = sys.stderr if aside else sys.stdout
    return Terminal(
        stream,
        color=_wants_color(stream, asked.no_color),
        verbosity=-1 if asked.quiet else min(asked.verbose, 1),
        width=shutil.get_terminal_size().columns if stream.isatty() else 80,
        live=stream.isatty(),
    )


def _run(
    course: Course, stages: Sequence[Stage], submission: Submission, options: Options, reporters: Sequence[Reporter]
) -> int:
    """Grade, and close every reporter whatever happens, so that an interrupted run leaves its report too."""
    code, faults, begun = EXIT_CODES[Verdict.ERRORED], list[str](), False
    with ExitStack() as closing:
        for reporter in reporters:
            closing.callback(_close, reporter, faults)
        try:
            with grading(course, stages, submission, options) as events:
                for event in events:
                    for reporter in reporters:
                        reporter.handle(event)
                    begun = True
                    if isinstance(event, RunFinished):
                        code = EXIT_CODES[event.report.verdict]
        except GraderError as error:
            faults.append(str(error))
            code = error.exit_code
            if not begun:  # then no reporter has anything to say
                raise
        except OSError:  # the output cannot be written
            raise
        except Exception as error:  # a fault of the grader is said as such, and costs nobody a point
            faults.append(f"an error in the grader itself: {type(error).__name__}: {error}")
    return code


def _close(reporter: Reporter, faults: Sequence[str]) -> None:
    reporter.close(faults[0] if faults else None)


def _wants_color(stream: TextIO, no_color: bool) -> bool:
    return not no_color and not os.environ.get("NO_COLOR") and stream.isatty() and os.environ.get("TERM") != "dumb"


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


@click.command()
@click.option("--course", type=click.Path(path_type=Path), metavar="DIR")
def stages(course: Path | None) -> int:
    """List the course: tracks, stages and their points."""
    loaded = load_course(course or course_root())
    click.echo(loaded.title)
    for track in loaded.tracks:
        click.echo(f"\n{track.slug}: {track.title}")
        for stage in track.stages:
            click.echo(f"{stage.number:4}  {stage.slug:<14} {stage.title:<32} {stage.max_points():3} points")
    return 0


@click.command()
@click.argument("stage")
@click.option("--course", type=click.Path(path_type=Path), metavar="DIR")
def show(stage: str, course: Path | None) -> int:
    """Print the page of a stage."""
    for found in select(load_course(course or course_root(), only=()), stages=[stage]):
        click.echo(found.page.read_text())
    return 0


_COMMANDS = {"stages": stages, "show": show}
