"""`grade bench`: the command line of it, and the exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final, TextIO

import click
from msgspec.structs import replace

from grader.bench.plan import CONNECTIONS, MOST_CONNECTIONS, SECONDS, YOURS, BenchPlan, counts_in
from grader.check.failure import Failure
from grader.commands import options, sandbox
from grader.commands.printing import print_lines
from grader.course import Course, course_root, load_course
from grader.engine.run import contained
from grader.errors import own_faults_said
from grader.program.find import find
from grader.reporters.terminal import is_live, looks_on, style_for
from grader.text.live_lines import CLEAR
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.bench.plan import Turn
    from grader.bench.result import BenchResult, ServerResult
    from grader.bench.tools import LoadTool
    from grader.engine.run import RunPlace
    from grader.engine.settings import RunSettings
    from grader.program.submission import Submission
    from grader.reporters.result_reports import ResultReport
    from grader.text.style import Style

IN_TROUBLE: Final = 1
_LONGEST_S: Final = 60


def _counts(_context: object, _parameter: object, text: str) -> tuple[int, ...]:
    try:
        return tuple(counts_in(text))
    except ValueError:
        raise click.BadParameter(
            f"{text} is not a list of numbers from 1 to {MOST_CONNECTIONS}, such as 1,8,64"
        ) from None


@click.command()
@click.argument("submission", required=False)
@click.option(
    "--connections", default=",".join(map(str, CONNECTIONS)), metavar="LIST", callback=_counts,
    help=f"How many clients at a time (default: {','.join(map(str, CONNECTIONS))}).",
)  # fmt: skip
@click.option(
    "--seconds", type=click.IntRange(1, _LONGEST_S), default=SECONDS, metavar="N",
    help=f"How long each measurement lasts (default: {SECONDS}).",
)  # fmt: skip
@click.option(
    "--tool", type=click.Choice(["wrk", "oha", "h2load"]),
    help="The load generator (default: the first of them that is installed).",
)  # fmt: skip
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT[:PATH]",
    help="Also write a report: json (docs/bench.md) or html, a page with plots; repeatable.",
)  # fmt: skip
@options.SEED
@options.PORT
@options.TIMEOUT_SCALE
@options.PYTHON
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@options.COURSE
@options.NO_COLOR
@click.pass_obj
def bench(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Measure the server SUBMISSION (default: the program of this directory) under load, beside the
    blocking, threaded, streams and protocol forms of the reference.

    A load generator (wrk, oha or h2load) requests / and a file of 4 MiB, with 1, 8, 64 and 256
    connections at a time. All servers take turns, each isolated as in a grading. The figures say
    how the servers of this run compare, and nothing of another machine. Exit codes: 0 measured,
    1 your server does not start or answer, or does not survive a load, 2 the command line is wrong,
    or there is nothing to launch yet, 3 no load generator is installed, or the grader or the
    machine failed.
    """
    asked = BenchArguments(options.taken_settings(given), **given)
    course = load_course(asked.course or course_root(), only=())
    from grader.bench.forms import require_forms
    from grader.bench.reports import parse_reports
    from grader.bench.tools import found_tool

    require_forms(course)
    reports = parse_reports(asked.reports)
    found_tool(asked.tool)  # before anything is launched
    found = find(asked.submission, command, asked.python)
    with own_faults_said(), contained(course, course.tracks[0].stages, found, asked.settings) as it:
        return _Run(course, found, asked, it, reports).code()


class BenchArguments(Value, frozen=True):
    """The command line of `grade bench`, as click read it; each field is the option of its name,
    and `settings` all those that say how to launch."""

    settings: RunSettings
    submission: str | None
    connections: tuple[int, ...]
    seconds: int
    tool: str | None
    reports: tuple[str, ...]
    python: str | None
    course: Path | None
    no_color: bool


class _Run(Value, frozen=True):
    """One bench, from its first line to its last."""

    course: Course
    submission: Submission
    asked: BenchArguments
    place: RunPlace
    reports: Sequence[ResultReport[BenchResult]]

    def code(self) -> int:
        """Measure, say what was seen, and write the reports; the exit code."""
        from grader.bench import show
        from grader.bench.result import BenchResult
        from grader.bench.tools import found_tool, version_of

        style, tool = self._style(), found_tool(self.asked.tool)
        plan = BenchPlan(self.asked.connections, self.asked.seconds, self.asked.settings.seed)
        path, level = self.submission.path, self.place[0].name
        empty = BenchResult(path, version_of(*tool), level, os.cpu_count() or 1, plan, ())
        self._print(show.opening_lines(empty, style))
        try:
            measured = self._measured(plan, tool)
        except _DoesNotStart as error:
            self._print(show.refusal_lines(error.failure, error.output, style))
            return IN_TROUBLE
        result = replace(empty, servers=measured)
        self._print(show.result_lines(result, style))
        for report in self.reports:
            report.write(result)
        yours = result.server()
        return IN_TROUBLE if yours.troubles or not yours.cells else 0

    def _measured(self, plan: BenchPlan, tool: tuple[LoadTool, str]) -> tuple[ServerResult, ...]:
        from grader.bench.hosts import bench_in

        asked = self.asked
        with bench_in(
            self.place, self.course, self.submission, asked.settings, plan, tool, asked.python,
            _progress(self._stream),
        ) as bench:  # fmt: skip
            try:
                return bench.measured()
            except Failure as failure:
                raise _DoesNotStart(failure, bench.hosts[YOURS].output_tail()) from failure

    @property
    def _stream(self) -> TextIO:
        """Standard error, when a report takes standard output."""
        taken = any(report.destination.path is None for report in self.reports)
        return sys.stderr if taken else sys.stdout

    def _print(self, lines: Sequence[str]) -> None:
        print_lines(lines, self._stream)

    def _style(self) -> Style:
        looks = looks_on(self._stream, no_color=self.asked.no_color, verbosity=0)
        return style_for(self._stream, **looks)


class _DoesNotStart(Exception):
    def __init__(self, failure: Failure, output: bytes) -> None:
        super().__init__(failure.summary)
        self.failure = failure
        self.output = output


def _progress(stream: TextIO) -> Callable[[Turn], None]:
    """Shows whose turn it is, in a line that is replaced; nothing where nobody watches."""

    def tell(turn: Turn) -> None:
        if is_live(stream):
            from grader.bench.show import turn_line

            stream.write(f"{CLEAR}{turn_line(turn)}\r")
            stream.flush()

    return tell
