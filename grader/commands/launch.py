"""`grade launch`: the command line of it, and the exit code."""

from __future__ import annotations

import shlex
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec.structs import replace

from grader.check.failure import Failure
from grader.commands import options, sandbox
from grader.commands.selection import select_one
from grader.commands.single_checks import narrowed
from grader.course import Course, Launch, Stage, course_root, load_checks, load_course
from grader.diagnosis import how_it_ended
from grader.engine.run import contained
from grader.isolation.scratch import scratch_directory
from grader.jobs.packing import found_in_archive
from grader.launching.echoed_output import EchoedOutput
from grader.reporters.progress import how_it_runs
from grader.reporters.terminal import looks_on, style_for
from grader.text.layout import hang
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.engine.settings import RunSettings
    from grader.isolation import IsolationLevel
    from grader.limits import Limits
    from grader.program.launch import Launcher
    from grader.program.program import Program
    from grader.program.served_directory import SharedFiles
    from grader.program.submission import Submission
    from grader.system.sockets import SocketTable
    from grader.text.style import Style

ENDED: Final = 1
_STEP_S: Final = 1.0
_HELD: Final = (
    "A connection of the last run still holds the port for up to a minute. Set SO_REUSEADDR on the"
    " listening socket before bind: then your program need not wait."
)


@click.command()
@click.argument("submission", required=False)
@click.option("--stage", metavar="STAGE", help="Launch it as this stage does: 7 or files.")
@click.option(
    "--check",
    metavar="STAGE/NAME",
    help="In place of --stage: with --seed, prepare the files of this check alone.",
)
@click.option(
    "--seed", type=int, metavar="N", help="Prepare the files that a run with this seed had."
)
@options.PORT
@options.TIMEOUT_SCALE
@options.PYTHON
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@options.COURSE
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="List everything that the isolation level does not protect against.",
)
@options.NO_COLOR
@click.pass_obj
def launch(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Run SUBMISSION (default: the program of this directory) as a stage launches it, until Ctrl-C,
    without grading it.

    Use it to try a failure by hand: run this in one terminal, and the client that the failure shows
    in another. The program's output is shown as it comes. The program is isolated as in a grading,
    but on the machine's own network, so that your commands can reach it. Exit codes: 0 stopped by
    Ctrl-C, 1 the program did not start to listen or ended by itself, 2 the command line or the
    course is wrong, or there is nothing to launch yet, 3 the grader or the machine failed.
    """
    seeded = given["seed"] is not None
    settings = replace(options.taken_settings(given, seed=0), host_network=True)
    asked = LaunchArguments(settings, seeded, **given)
    course = load_course(asked.course or course_root(), only=())
    stage = _chosen(course, asked)
    with (
        found_in_archive(asked.submission, command, asked.python) as found,
        contained(course, [stage], found, settings) as (level, scratch, limits),
        _served(stage.launch, level, settings.seed) as files,
    ):
        return _Run(course, stage, found, asked, level, scratch, limits, files).code()


class LaunchArguments(Value, frozen=True):
    """The command line of `grade launch`, as click read it; a field for each option, and `settings`
    for all those that say how to grade. seeded: whether a seed was asked for."""

    settings: RunSettings
    seeded: bool
    submission: str | None
    stage: str | None
    check: str | None
    python: str | None
    course: Path | None
    verbose: bool
    no_color: bool


def _chosen(course: Course, asked: LaunchArguments) -> Stage:
    """The stage; with the one check alone where one was named. Raises UsageError."""
    if (asked.stage is None) == (asked.check is None):
        raise click.UsageError("give --stage STAGE, or --check STAGE/NAME")
    if asked.stage is not None:
        return select_one(course, asked.stage)
    found = narrowed(course, course.stages, [asked.check or ""])
    if len(found) != 1:
        raise click.UsageError(f"--check takes checks of one stage, not {asked.check!r}")
    return found[0]


@contextmanager
def _served(launch: Launch, level: IsolationLevel, seed: int) -> Iterator[SharedFiles | None]:
    """The directory for `{directory}`, where other terminals see it, too; gone afterwards. None
    when none is asked."""
    if not launch.needs_directory:
        yield None
        return
    from grader.program.served_directory import SharedFiles, put_fixtures, served_name

    with scratch_directory() as scratch:
        (root := scratch / "files").mkdir()
        if level.user:
            scratch.chmod(0o711)
        owner = level.user.owns if level.user else None
        files = SharedFiles(root, owner, name=served_name(seed))
        put_fixtures(files, launch.fixtures)
        yield files


class _Run(Value, frozen=True):
    """One launch, from its first line to its last."""

    course: Course
    stage: Stage
    submission: Submission
    asked: LaunchArguments
    level: IsolationLevel
    scratch: Path
    limits: Limits
    files: SharedFiles | None

    def code(self) -> int:
        """Launch, say where it listens, and wait until it is over; the exit code."""
        from grader.program.launch import Launcher
        from grader.program.port import is_held, vacate
        from grader.system.sockets import SocketTable

        style, voice = self._style(), EchoedOutput(sys.stdout)
        launch, _ = self.asked.settings.contract(self.stage)
        self._prepare(launch)
        arguments = launch.arguments_for(self.files.directory) if self.files else launch.arguments
        voice.say(self._opening(arguments, style))
        with SocketTable() as sockets:
            launcher = Launcher(
                self.submission, self.level, self.scratch, sockets, self.limits, voice.hear
            )
            vacate(sockets, launch.port)
            held = is_held(sockets, launch.port)
            launcher.require_free_port(launch)
            root = self.files.root if self.files else None
            with ExitStack() as stack:
                try:
                    program = launcher.launch(
                        arguments, root, lambda started: stack.callback(started.kill)
                    )
                    self._await(launcher, program, launch, sockets)
                    return self._serve(program, launch.port, voice, style)
                except Failure as failure:
                    voice.say(_problem(failure, style, held=held))
                    return ENDED

    def _await(
        self, launcher: Launcher, program: Program, launch: Launch, sockets: SocketTable
    ) -> None:
        """Until it listens. Raises `Failure`, and `NotGraded` when there is nothing to start."""
        from grader.program.readiness import Readiness

        try:
            _, budgets = self.asked.settings.contract(self.stage)
            Readiness(program, launch, sockets).wait(budgets.start)
        except Failure:
            launcher.refuse(program, first=True)
            raise

    def _prepare(self, launch: Launch) -> None:
        if self.files is not None and self.asked.seeded:
            from grader.launching.prepared_files import put_files

            put_files(load_checks(self.stage), self.asked.settings.seed, launch.port, self.files)

    def _opening(self, arguments: Sequence[str], style: Style) -> list[str]:
        what = " ".join([self.submission.path, *arguments])
        build = self.submission.build
        how = how_it_runs(build.says if build else "", self.submission.starts)
        weaknesses = self.level.weaknesses[: None if self.asked.verbose else 1]
        return [
            *hang(
                "Launching ",
                style.text(f"{what}{how}, as stage {self.stage.number} {self.stage.slug} does"),
                style.width,
            ),
            *hang(
                "  ",
                style.text("; ".join([f"isolation: {self.level.name}", *weaknesses])),
                style.width,
            ),
        ]

    def _serve(self, program: Program, port: int, voice: EchoedOutput, style: Style) -> int:
        """Wait for Ctrl-C or for the program's end."""
        try:
            voice.say(self._listening(port, style))
            while not program.wait_exit(_STEP_S):
                if voice.lost:
                    raise BrokenPipeError
        except KeyboardInterrupt:
            voice.say(["", "stopped"])
            return 0
        program.output.finish(1.0)
        voice.end()
        hit = program.limit_hit() or how_it_ended(program.exit_status or 0)
        voice.say([style.paint(f"your program {hit}", "red", bold=True)])
        return ENDED

    def _listening(self, port: int, style: Style) -> list[str]:
        from grader.net.protocol import protocol_of

        place = protocol_of(self.stage.protocol).place(port)
        listening = style.paint(f"Listening on {place}", "green", bold=True)
        lines = [f"{listening}  (Ctrl-C stops it)"]
        if self.files is not None:
            lines += [
                "in the other terminal, name its directory first:",
                f"  DIR={shlex.quote(str(self.files.directory))}",
            ]
        return [*lines, ""]

    def _style(self) -> Style:
        looks = looks_on(
            sys.stdout, no_color=self.asked.no_color, verbosity=int(self.asked.verbose)
        )
        return style_for(sys.stdout, **looks)


def _problem(failure: Failure, style: Style, *, held: bool) -> list[str]:
    """Why it does not listen; what it printed has been shown. held: whether the kernel kept the
    port from a program that does not ask for it."""
    rows = {"problem": failure.summary, "expected": failure.expected}
    if held:
        rows["hint"] = _HELD
    return [
        line
        for label, text in rows.items()
        if isinstance(text, str)
        for line in hang(f"  {label:<10}", style.text(text), style.width)
    ]
