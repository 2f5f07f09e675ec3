"""`grade fuzz`: the command line of it, and the exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO, cast

import click
from msgspec.structs import replace

from grader.check.failure import Failure
from grader.commands import options, sandbox
from grader.commands.printing import print_lines
from grader.commands.selection import select
from grader.comparing.load import comparison_of
from grader.course import Course, Stage, course_root, load_course
from grader.engine.run import contained, header_of, with_files
from grader.errors import UsageError, own_faults_said
from grader.program.find import find
from grader.reporters.terminal import is_live, looks_on, style_for
from grader.text.live_lines import CLEAR
from grader.text.style import ALL_HINTS
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.comparing.comparison import AnyComparison
    from grader.engine.run import RunPlace
    from grader.engine.settings import RunSettings
    from grader.fuzz.campaign import FoundDifference, SearchResult
    from grader.fuzz.plan import SearchPlan
    from grader.program.submission import Submission
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
    selected = select(course, stages=asked.stages, up_to=asked.up_to, tracks=asked.tracks)
    found = find(asked.submission, command, asked.python)
    with own_faults_said():
        return _run(course, selected, found, asked)


class FuzzArguments(Value, frozen=True):
    """The command line of `grade fuzz`, as click read it; each field is the option of its name, and
    `settings` all those that say how to grade."""

    settings: RunSettings
    submission: str | None
    stages: tuple[str, ...]
    up_to: str | None
    tracks: tuple[str, ...]
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
    comparison = _comparison(course, stages)
    taught = _taught(comparison, course, stages)
    with contained(course, stages, submission, asked.settings) as place:
        return _Run(course, stages, comparison, taught, submission, asked, place).code()


def _comparison(course: Course, stages: Sequence[Stage]) -> AnyComparison:
    """What compares these stages with the reference. Raises `UsageError` where nothing does."""
    tracks = {course.track(stage.track).slug: course.track(stage.track) for stage in stages}
    found = {slug: comparison_of(course, track) for slug, track in tracks.items()}
    for slug, comparison in found.items():
        if comparison is None:
            raise UsageError(
                f"there is nothing to search in track {slug!r}: `comparison` in stages.yaml names"
                " what must equal the reference's answers, and this track has none"
            )
        if comparison is not found[stages[0].track]:
            raise UsageError(
                f"the stages of {stages[0].track!r} and {slug!r} are compared with the reference in"
                " different ways: search one track at a time"
            )
    return cast("AnyComparison", found[stages[0].track])


def _taught(comparison: AnyComparison, course: Course, stages: Sequence[Stage]) -> frozenset[str]:
    """The stages whose requests can be asked. Raises `UsageError` when there are none."""
    taught = comparison.taught(course, [stage.slug for stage in stages])
    if not taught:
        raise UsageError(
            "the selected stages have no requests to compare; these stages have some:"
            f" {', '.join(comparison.known)}"
        )
    return taught


class _Run(Value, frozen=True):
    """One campaign, from its first line to its last."""

    course: Course
    stages: Sequence[Stage]
    comparison: AnyComparison
    taught: frozenset[str]
    submission: Submission
    asked: FuzzArguments
    place: RunPlace

    @property
    def settings(self) -> RunSettings:
        return self.asked.settings

    def code(self) -> int:
        """Search, and say what was found; the exit code."""
        from grader.fuzz import show

        style = self._style()
        level, _, limits = self.place
        header = header_of(self.course, self.submission, self.settings, level, limits)
        names = [stage.slug for stage in self.course.stages if stage.slug in self.taught]
        limit = f"{self.asked.seconds:g} s" + (
            f" or {self.asked.examples} examples" if self.asked.examples else ""
        )
        print_lines(show.opening(header, names, limit, style))
        outcome = self._searched(style)
        if outcome is None:
            return FOUND
        result, port = outcome
        if result.finding is None:
            print_lines(show.closing(self.comparison, result, self.settings.seed, style))
            return 0
        print_lines(show.finding_lines(self.comparison, result.finding, port, style))
        try:
            saved = self._saved(result.finding) if self.asked.save else None
        finally:
            print_lines(show.closing(self.comparison, result, self.settings.seed, style))
        if saved is not None:
            print_lines([f"  saved: {saved}"])
        return FOUND

    def _searched(self, style: Style) -> tuple[SearchResult, int] | None:
        """What the campaign came to, and the port; None when the submission does not start, which
        is said."""
        from grader.engine.beside_reference import beside_reference
        from grader.fuzz import show
        from grader.fuzz.both_servers import BothServers
        from grader.fuzz.campaign import Campaign
        from grader.net.protocol import protocol_of

        plan, protocol = self._plan(), protocol_of(self.stages[0].protocol)
        launch, budgets = self.settings.contract(with_files(self.stages))
        with beside_reference(
            self.place, self.course, self.submission, self.settings, launch, budgets
        ) as (host, reference):
            stand = BothServers(self.comparison, protocol, host, reference, budgets, plan)
            _, scratch, _ = self.place
            search = Campaign(self.comparison, stand, plan, scratch, _progress(sys.stdout))
            try:
                stand.start()
                return search.run(), host.port
            except Failure as failure:
                print_lines(show.does_not_start(failure, host.output_tail(), style))
                return None

    def _plan(self) -> SearchPlan:
        from grader.fuzz.plan import SearchPlan

        asked, settings = self.asked, self.settings
        return SearchPlan(
            self.taught, settings.seed, asked.seconds, asked.examples, settings.strict
        )

    def _saved(self, finding: FoundDifference) -> str:
        from grader.comparing.case import Case, name_of
        from grader.comparing.saved_folder import write_case

        order = [stage.slug for stage in self.course.stages]
        asked, found = finding.conversation, finding.difference
        needed = self.comparison.needed(asked, found.field)
        slug = max(needed.intersection(order), key=order.index)
        text = self.comparison.to_json(
            Case(asked, slug, self.settings.strict, found.failure.summary)
        )
        path = write_case(self.submission.directory, text)
        return f"{path}; from now on grade checks it too, as {slug}/saved-{name_of(text)}"

    def _style(self) -> Style:
        looks = looks_on(
            sys.stdout, no_color=self.asked.no_color, verbosity=int(self.asked.verbose)
        )
        return replace(style_for(sys.stdout, **looks), hints=ALL_HINTS)


def _progress(stream: TextIO) -> Callable[[int], None]:
    """Shows how many conversations there were, in a line that is replaced; nothing where nobody
    watches."""

    def show(count: int) -> None:
        if is_live(stream) and count % 20 == 0:
            stream.write(f"{CLEAR}  {count} conversations\r")
            stream.flush()

    return show
