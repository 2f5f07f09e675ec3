"""The command line: arguments in, exit code out."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

import click

from grader import __version__
from grader.course import Course, Stage, check_course, course_root, load_course, write_pages
from grader.errors import GraderError
from grader.grading import Options, grading
from grader.isolation import LADDER
from grader.report import RunFinished, Verdict
from grader.reporters import Reporter, parse_specs
from grader.reporters.terminal import Terminal
from grader.selection import select
from grader.submission.find import Submission, find

EXIT_CODES = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.ERRORED: 3, Verdict.SKIPPED: 3}
INTERRUPTED = 130

_EPILOG = """\b
Other commands:
  grade stages [--course DIR]      list the course
  grade show STAGE [--course DIR]  print a stage's page

\b
Exit codes: 0 every selected stage passed, 1 some failed, 2 the command line or
the course is wrong, 3 the grader or the machine failed, 130 interrupted."""


def main() -> NoReturn:
    """The entry point of `grade`."""
    arguments = sys.argv[1:]
    command: tuple[str, ...] = ()
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, command = arguments[:cut], tuple(arguments[cut + 1 :])
    chosen = _COMMANDS.get(arguments[0]) if arguments and not command else None
    try:
        if chosen is not None:
            code = chosen.main(arguments[1:], prog_name=f"grade {arguments[0]}", standalone_mode=False)
        else:
            code = grade.main(arguments, prog_name="grade", standalone_mode=False, obj=command)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except GraderError as error:
        click.echo(f"grade: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:  # whoever read our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code or 0)


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
    type=click.FloatRange(0.01, 1000),
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
def grade(
    command: Sequence[str],
    submission: str | None,
    stages: tuple[str, ...],
    up_to: str | None,
    track: str | None,
    reports: tuple[str, ...],
    course: Path | None,
    check_course: bool,
    write: bool,
    python: str | None,
    seed: int | None,
    keep_going: bool,
    strict: bool,
    port: int | None,
    timeout_scale: float,
    sandbox: str,
    verbose: int,
    quiet: bool,
    no_color: bool,
) -> int:
    """Grade the HTTP server SUBMISSION: a .py file, an executable, a directory, or a command after --.

    Without a selection, the first track is graded in order up to the first stage that fails.
    """
    root = course or course_root()
    if check_course:
        return _check_course(root, write=write)
    if write:
        raise click.UsageError("--write goes with --check-course")
    if submission and command:
        raise click.UsageError("give either a SUBMISSION or a command after --, not both")
    loaded = load_course(root, only=())
    selected = select(loaded, stages=stages, up_to=up_to, track=track)
    found = find(submission, command, python)
    options = Options(
        seed if seed is not None else random.SystemRandom().randrange(10**7),
        strict, keep_going or bool(stages), port, timeout_scale, sandbox,
    )  # fmt: skip
    specs = parse_specs(reports)
    stream = sys.stderr if any(spec.destination.path is None for spec in specs) else sys.stdout
    terminal = Terminal(
        stream,
        color=_wants_color(stream, no_color),
        verbosity=-1 if quiet else min(verbose, 1),
        width=shutil.get_terminal_size().columns if stream.isatty() else 80,
        live=stream.isatty(),
    )
    return _run(loaded, selected, found, options, [terminal, *(spec.open() for spec in specs)])


def _run(
    course: Course,
    stages: Sequence[Stage],
    submission: Submission,
    options: Options,
    reporters: Sequence[Reporter],
) -> int:
    """Grade, and close every reporter whatever happens, so that an interrupted run leaves its report too."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    code, faults = EXIT_CODES[Verdict.ERRORED], list[str]()
    with ExitStack() as closing:
        for reporter in reporters:
            closing.callback(_close, reporter, faults)
        closing.callback(signal.signal, signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cost the report
        try:
            with grading(course, stages, submission, options) as events:
                for event in events:
                    for reporter in reporters:
                        reporter.handle(event)
                    if isinstance(event, RunFinished):
                        code = EXIT_CODES[event.report.verdict]
        except KeyboardInterrupt:
            raise
        except GraderError as error:
            faults.append(str(error))
            raise
        except Exception as error:  # a fault of the grader is said as such, and costs nobody a point
            faults.append(f"{type(error).__name__}: {error}")
            raise GraderError(f"an error in the grader itself: {faults[0]}") from error
    return code


def _close(reporter: Reporter, faults: Sequence[str]) -> None:
    reporter.close(faults[0] if faults else None)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


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
