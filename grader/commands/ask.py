"""`grade ask`: the command line of it, and the exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec.structs import replace

from grader.check.failure import Failure
from grader.commands import options, sandbox
from grader.commands.printing import print_lines
from grader.commands.selection import select
from grader.comparing.load import comparison_of
from grader.course import Course, Stage, course_root, load_course
from grader.engine.run import contained, with_files
from grader.errors import UsageError, own_faults_said
from grader.program.find import find
from grader.reporters.terminal import looks_on, style_for
from grader.text.style import ALL_HINTS
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.asking.both_answers import BothAnswers
    from grader.budgets import Budgets
    from grader.comparing.comparison import AnyComparison
    from grader.engine.run import RunPlace
    from grader.engine.settings import RunSettings
    from grader.program.host import Host
    from grader.program.reference import Reference
    from grader.program.submission import Submission

DIFFERENT: Final = 1
_MOST_BYTES: Final = 1 << 20


@click.command()
@click.argument("request")
@click.argument("submission", required=False)
@click.option("-d", "--data", "body", metavar="BODY", help="Send this body (default method: POST).")
@click.option(
    "-H", "--header", "lines", multiple=True, metavar="'NAME: VALUE'",
    help="Send this header, too; repeatable.",
)  # fmt: skip
@click.option(
    "--stage", "stages", multiple=True, metavar="SEL",
    help="Compare what these stages teach (default: the whole track).",
)  # fmt: skip
@options.UP_TO
@options.TRACK
@options.PORT
@options.TIMEOUT_SCALE
@options.PYTHON
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@options.COURSE
@options.NO_COLOR
@click.pass_obj
def ask(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Send one REQUEST to the server SUBMISSION (default: this directory) and to the reference, and
    show both answers.

    REQUEST is 'GET /echo/x' or /echo/x; Host and the empty line are added. Or it is the name of a
    file: its bytes are sent as they are. Exit codes: 0 nothing differs that the course fixes,
    1 something does, or the program does not start, 2 the command line or the course is wrong,
    3 the grader or the machine failed.
    """
    given["seed"] = None
    settings = options.taken_settings(given, seed=0)
    asked = AskArguments(settings, **given)
    course = load_course(asked.course or course_root(), only=())
    stages = select(course, stages=asked.stages, up_to=asked.up_to, tracks=asked.tracks)
    comparison = _comparison(course, stages)
    raw = _bytes_of(asked, comparison, settings.contract(stages[-1])[0].port)
    found = find(asked.submission or (None if command else "."), command, asked.python)
    with own_faults_said(), contained(course, stages, found, settings) as place:
        return _Run(course, stages, comparison, found, asked, raw).code(place)


class AskArguments(Value, frozen=True):
    """The command line of `grade ask`, as click read it; each field is the option of its name, and
    `settings` all those that say how to launch."""

    settings: RunSettings
    request: str
    submission: str | None
    body: str | None
    lines: tuple[str, ...]
    stages: tuple[str, ...]
    up_to: str | None
    tracks: tuple[str, ...]
    python: str | None
    course: Path | None
    no_color: bool


def _comparison(course: Course, stages: Sequence[Stage]) -> AnyComparison:
    """Raises `UsageError` for a track that is not compared."""
    track = course.track(stages[-1].track)
    found = comparison_of(course, track)
    if found is None:
        raise UsageError(
            f"track {track.slug!r} is not compared with a reference; try your request by hand:"
            " grade launch"
        )
    return found


def _bytes_of(asked: AskArguments, comparison: AnyComparison, port: int) -> bytes:
    """The request: a file's bytes as they are, or what the words say."""
    body = None if asked.body is None else asked.body.encode("utf-8", "surrogateescape")
    if " " in asked.request or not os.path.isfile(asked.request):
        return comparison.bytes_of(asked.request, asked.lines, body, port)
    if asked.lines or body is not None:
        raise UsageError("-H and -d do not go with a file: its bytes are sent as they are")
    with open(asked.request, "rb") as file:
        raw = file.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"{asked.request} is too long: at most {_MOST_BYTES} bytes are sent")
    return raw


class _Run(Value, frozen=True):
    """One request, from the first launch to the last line."""

    course: Course
    stages: Sequence[Stage]
    comparison: AnyComparison
    submission: Submission
    asked: AskArguments
    raw: bytes

    def code(self, place: RunPlace) -> int:
        """Ask both, and say what came; the exit code."""
        from grader.asking import show
        from grader.engine.beside_reference import beside_reference

        looks = looks_on(sys.stdout, no_color=self.asked.no_color, verbosity=0)
        style = replace(style_for(sys.stdout, **looks), hints=ALL_HINTS)
        settings = self.asked.settings
        launch, budgets = settings.contract(with_files(self.stages))
        with beside_reference(place, self.course, self.submission, settings, launch, budgets) as (
            host,
            reference,
        ):
            try:
                both = self._asked(host, reference, budgets)
            except Failure as failure:
                print_lines(show.refusal_lines(failure, host.output_tail(), style))
                return DIFFERENT
            output = host.output_tail()
        lines = show.answer_lines(both, style, looks["width"])
        print_lines([*lines, *show.verdict_lines(both, output, style), *self._onward(both)])
        return DIFFERENT if both.difference or both.failure else 0

    def _asked(self, host: Host, reference: Reference, budgets: Budgets) -> BothAnswers:
        from grader.asking.both_answers import ask_both
        from grader.net.protocol import protocol_of
        from grader.net.session import Surroundings

        server = host.server(fresh=True)
        around = Surroundings(server, host.files, reference, budgets)
        taught = self.comparison.taught(self.course, [stage.slug for stage in self.stages])
        protocol = protocol_of(self.stages[-1].protocol)
        return ask_both(protocol, self.comparison, around, self.raw, taught)

    def _onward(self, both: BothAnswers) -> list[str]:
        """The page that explains the rule: that of the last stage that is needed to know it."""
        needed = [stage for stage in self.course.stages if stage.slug in both.stages]
        last = f"  grade show {needed[-1].slug} explains the rule" if needed else ""
        return [last] if last and both.difference else []
