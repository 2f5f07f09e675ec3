"""`grade fuzz`: the command line of it, and the exit code."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TextIO

import click

from grader.check.failure import Failure
from grader.commands import options, sandbox
from grader.commands.selection import select
from grader.course import Course, Launch, Stage, course_root, load_course
from grader.course.comparisons import comparison_of
from grader.engine.run import contained, header_of
from grader.errors import GraderError, UsageError, own_fault
from grader.program.find import Submission, find
from grader.reporters.terminal import looks_on, style_for
from grader.text.live_lines import CLEAR
from grader.text.style import ALL_HINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.budgets import Budgets
    from grader.engine.settings import RunSettings
    from grader.fuzz.campaign import FoundDifference, SearchResult
    from grader.isolation import IsolationLevel
    from grader.limits import Limits
    from grader.text.style import Style

FOUND = 1


@click.command()
@click.argument("submission", required=False)
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="SEL",
    help="Send what these stages teach: 5, echo, 1-5 or 3,5; repeatable.",
)
@options.UP_TO
@options.TRACK
@click.option(
    "--seconds",
    type=options.number_from(0.1, 86400),
    default=10.0,
    metavar="N",
    help="Search for N seconds (default: 10), then shrink the difference.",
)
@click.option("--examples", type=click.IntRange(1), metavar="N", help="Stop after N conversations.")
@click.option("--strict", is_flag=True, help="Also send requests that only advice covers.")
@options.SEED
@click.option(
    "--save", is_flag=True, help="Save the difference in .grade/cases; grade then checks it too."
)
@options.PORT
@options.TIMEOUT_SCALE
@options.PYTHON
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@options.COURSE
@click.option("-v", "--verbose", is_flag=True, help="Show every byte with its time.")
@options.NO_COLOR
@click.pass_obj
def fuzz(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Compare the server SUBMISSION (default: the program of this directory) with the reference by
    random requests.

    The requests are of the kinds that the selected stages teach (default: the whole first track).
    The first difference that the protocol does not allow is made as small as possible, tried again
    on three fresh starts, and shown. Exit codes: 0 no difference found, 1 a difference found, 2 the
    command line or the course is wrong, or there is nothing to search yet, 3 the grader or the
    machine failed, 130 interrupted.
    """
    asked = FuzzArguments(options.taken_settings(given), **given)
    course = load_course(asked.course or course_root(), only=())
    selected = select(course, stages=asked.stages, up_to=asked.up_to, track=asked.track)
    found = find(asked.submission, command, asked.python)
    try:
        return _run(course, selected, found, asked)
    except (GraderError, OSError):
        raise
    except Exception as error:  # a fault of the grader is said as such
        raise own_fault(error) from error


@dataclass(frozen=True, slots=True)
class FuzzArguments:
    """The command line of `grade fuzz`, as click read it; each field is the option of its name, and
    `settings` all those that say how to grade."""

    settings: RunSettings
    submission: str | None
    stages: tuple[str, ...]
    up_to: str | None
    track: str | None
    seconds: float
    examples: int | None
    save: bool
    python: str | None
    course: Path | None
    verbose: bool
    no_color: bool


def _run(
    course: Course, stages: Sequence[Stage], submission: Submission, asked: FuzzArguments
) -> int:
    taught = _taught(course, stages)
    with contained(course, stages, submission, asked.settings) as (level, scratch, limits):
        return _Run(course, stages, taught, submission, asked, level, scratch, limits).code()


def _taught(course: Course, stages: Sequence[Stage]) -> frozenset[str]:
    """The stages whose requests can be asked. Raises `UsageError` when there are none."""
    tracks = {stage.track: course.track(stage.track) for stage in stages}
    lacking = [slug for slug, track in tracks.items() if not track.comparison]
    if lacking:
        raise UsageError(
            f"there is nothing to search in track {lacking[0]!r}: `comparison` in stages.yaml names"
            " what must equal the reference's answers, and this track has none"
        )
    comparison = comparison_of(course.track(stages[0].track).comparison)
    taught = comparison.taught(course, [stage.slug for stage in stages])
    if not taught:
        raise UsageError(
            "the selected stages have no requests to compare; these stages have some:"
            f" {', '.join(comparison.known)}"
        )
    return taught


@dataclass(frozen=True, slots=True)
class _Run:
    """One campaign, from its first line to its last."""

    course: Course
    stages: Sequence[Stage]
    taught: frozenset[str]
    submission: Submission
    asked: FuzzArguments
    level: IsolationLevel
    scratch: Path
    limits: Limits

    @property
    def settings(self) -> RunSettings:
        return self.asked.settings

    def code(self) -> int:
        """Search, and say what was found; the exit code."""
        from grader.fuzz import show

        style = self._style()
        header = header_of(self.course, self.submission, self.settings, self.level, self.limits)
        names = [stage.slug for stage in self.course.stages if stage.slug in self.taught]
        limit = f"{self.asked.seconds:g} s" + (
            f" or {self.asked.examples} examples" if self.asked.examples else ""
        )
        _say(show.opening(header, names, limit, style))
        outcome = self._searched(style)
        if outcome is None:
            return FOUND
        result, port = outcome
        if result.finding is None:
            _say(show.closing(result, self.settings.seed, style))
            return 0
        _say(show.finding_lines(result.finding, port, style))
        try:
            saved = self._saved(result.finding) if self.asked.save else None
        finally:
            _say(show.closing(result, self.settings.seed, style))
        if saved is not None:
            _say([f"  saved: {saved}"])
        return FOUND

    def _searched(self, style: Style) -> tuple[SearchResult, int] | None:
        """What the campaign came to, and the port; None when the submission does not start, which
        is said."""
        from grader.fuzz import show
        from grader.fuzz.both_servers import BothServers
        from grader.fuzz.campaign import Campaign, SearchPlan
        from grader.program.host import Host
        from grader.program.launch import Launcher
        from grader.program.reference import Reference
        from grader.program.served_directory import served_name
        from grader.system.sockets import SocketTable

        launch, budgets = self._contract()
        with ExitStack() as stack:
            sockets = stack.enter_context(SocketTable())
            reference = stack.enter_context(Reference(self.course, self.scratch, sockets, launch))
            if not self.level.private_network:
                reference.seclude()
            served = served_name(self.settings.seed)
            launcher = Launcher(
                self.submission, self.level, self.scratch, sockets, self.limits, served=served
            )
            host = stack.enter_context(Host(launcher, launch, budgets, sockets))
            stand = BothServers(host, reference, budgets, self.taught, strict=self.settings.strict)
            plan = SearchPlan(
                self.taught,
                self.settings.seed,
                self.asked.seconds,
                self.asked.examples,
                self.settings.strict,
            )
            try:
                stand.start()
                return Campaign(stand, plan, self.scratch, _progress(sys.stdout)).run(), launch.port
            except Failure as failure:
                _say(show.does_not_start(failure, host.output_tail(), style))
                return None

    def _contract(self) -> tuple[Launch, Budgets]:
        """How the program is launched (with files, if any stage has them), and its budgets."""
        with_files = [stage for stage in self.stages if stage.launch.needs_directory]
        last = (with_files or self.stages)[-1]
        return self.settings.contract(last)

    def _saved(self, finding: FoundDifference) -> str:
        from grader.comparing.expectations import stage_of
        from grader.comparing.saved import Case
        from grader.comparing.saved_folder import write_case

        order = [stage.slug for stage in self.course.stages]
        slug = stage_of(finding.conversation, finding.difference.field, order)
        case = Case(
            finding.conversation, slug, self.settings.strict, finding.difference.failure.summary
        )
        path = write_case(self.submission.directory, case)
        return f"{path}; from now on grade checks it too, as {slug}/saved-{case.name}"

    def _style(self) -> Style:
        looks = looks_on(
            sys.stdout, no_color=self.asked.no_color, verbosity=int(self.asked.verbose)
        )
        return replace(style_for(sys.stdout, **looks), hints=ALL_HINTS)


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _progress(stream: TextIO) -> Callable[[int], None]:
    """Shows how many conversations there were, in a line that is replaced; nothing where nobody
    watches."""

    def show(count: int) -> None:
        if stream.isatty() and count % 20 == 0:
            stream.write(f"{CLEAR}  {count} conversations\r")
            stream.flush()

    return show
