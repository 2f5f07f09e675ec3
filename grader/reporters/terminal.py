"""Owns the terminal report: which lines are written when."""

from __future__ import annotations

import os
import shutil
from typing import TextIO, TypedDict

from msgspec.structs import replace

from grader.errors import GraderError, NotGraded
from grader.report.model import (
    CheckFinished,
    CheckStarted,
    Event,
    RunFinished,
    RunRepeated,
    RunShown,
    RunStarted,
    StageFinished,
    StageReport,
    StageStarted,
    Verdict,
)
from grader.report.partial import Partial
from grader.reporters.causes import ShownCauses
from grader.reporters.progress import (
    check_lines,
    containment_lines,
    has_only_passed,
    heading_lines,
    passed_line,
    running_line,
    stage_end_lines,
    stage_line,
)
from grader.text.live_lines import LiveLines
from grader.text.style import Style, encodes

NARROWEST, WIDEST = 40, 120
OF_A_PIPE = 80


class Terminal:
    """Shows a run while it happens, in lines that read well in a pipe, without colour and at 80
    columns.

    stream: where to write; what its encoding lacks is written as an escape. color: paint marks,
    labels and the verdict. verbosity: -1 for failures and the verdict only, 0 for a line each
    check, 1 for everything. width: of the terminal, kept between 40 and 120 columns. live: show the
    check that runs, in a line that is replaced in place (only where `stream` is a terminal). hints:
    how many steps of its hint each failure shows. folded: where everything is shown neither nor
    only failures, a failing stage fits on a screen, and a passed one in a line.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        color: bool = False,
        verbosity: int = 0,
        width: int = 80,
        live: bool = False,
        hints: int = 0,
        folded: bool = True,
    ) -> None:
        self._style = replace(
            style_for(stream, color=color, verbosity=verbosity, width=width), hints=hints
        )
        self._live = live and width >= NARROWEST and verbosity >= 0
        self._lines = LiveLines(stream, live=self._live)
        self._causes = ShownCauses() if folded and verbosity == 0 else None
        self._partial = Partial()
        self._selected = 0
        self._strict = False
        self._finished = False
        self._announced: RunStarted | None = None

    def announce(self, started: RunStarted) -> None:
        """Write what is graded, while the sandbox is tried: which one it is, is not known yet."""
        self._announced, self._selected = started, len(started.stages)
        if not self._style.quiet:
            self._lines.write(heading_lines(started, self._style))

    def handle(self, event: Event) -> None:
        """Write what this event has to say."""
        self._partial = self._partial.after(event)
        match event:
            case RunStarted():
                self._run_started(event)
            case RunRepeated():
                self._show_repetitions()
            case RunShown():
                from grader.reporters.repeated import shown_lines

                self._lines.hold()
                self._lines.write(shown_lines(event, self._style))
            case StageStarted():
                self._stage_started(event)
            case CheckStarted():
                self._check_started(event)
            case CheckFinished(check=check):
                self._lines.say(
                    check_lines(check, self._style, strict=self._strict, causes=self._causes)
                )
            case StageFinished(stage=stage):
                self._stage_finished(stage)
            case RunFinished(report=report):  # pragma: no branch
                from grader.reporters.closing import closing_lines  # the first line comes first

                self._finish(closing_lines(report, self._style, advice=self._shows_advice))

    def close(self, error: GraderError | None = None) -> None:
        """End the report. An unfinished run is told as interrupted, or as ended by `error`: where
        that came before its first event, somebody else tells it."""
        if error is None and self._announced is not None and self._partial.header is None:
            self._partial = self._partial.after(self._announced)
        report = self._partial.broken_off(error, duration_s=0.0)
        if report is not None and not self._finished:
            from grader.reporters.closing import broken_off_lines

            self._finish(
                broken_off_lines(
                    report, self._style, selected=self._selected, interrupted=error is None,
                    advice=self._shows_advice,
                )
            )  # fmt: skip

    @property
    def _shows_advice(self) -> bool:
        """Whether every note stands above; where one waits, a line of its stage has said so."""
        return self._causes is None or not self._causes.any_waited

    def _run_started(self, event: RunStarted) -> None:
        self._selected, self._strict = (
            len(event.stages),
            event.header.environment.strict,
        )
        if not self._style.quiet:
            folded = self._causes is not None
            heading = [] if self._announced else heading_lines(event, self._style)
            below = containment_lines(event, self._style, folded=folded)
            self._lines.write([*heading, *below])

        if event.header.environment.repeat > 1:
            self._show_repetitions()

    def _show_repetitions(self) -> None:
        """Which of several runs is under way."""
        assert self._partial.header is not None
        count = self._partial.header.environment.repeat
        if len(self._partial.repetitions) < count:
            from grader.reporters.repeated import running_line

            self._lines.show(running_line(self._partial.repetitions, count, self._style))

    def _stage_started(self, event: StageStarted) -> None:
        self._lines.hold(*([] if self._style.quiet else [stage_line(event, self._style)]))
        self._lines.show(stage_line(event, replace(self._style, width=self._style.width - 1)))

    def _check_started(self, event: CheckStarted) -> None:
        stage = self._partial.open_stage
        if stage is not None and self._causes is not None:
            narrower = replace(self._style, width=self._style.width - 1)
            self._lines.show(stage_line(stage, narrower, event.title))
            return
        if self._live:
            self._lines.release()
        self._lines.show(running_line(event, self._style))

    def _stage_finished(self, stage: StageReport) -> None:
        if self._causes is not None and has_only_passed(stage):
            self._lines.hold(passed_line(stage, self._style))
            self._lines.release()
            return
        if stage.verdict is not Verdict.SKIPPED:
            self._lines.release()
            self._lines.write(stage_end_lines(stage, self._style, self._causes))
            return
        self._lines.hold()
        says = f"skipped: {stage.reason or 'not judged'}"
        self._lines.write([] if self._style.quiet else [stage_line(stage, self._style, says)])

    def _finish(self, lines: list[str]) -> None:
        self._finished = True
        self._lines.hold()
        self._lines.write(lines)


def said_lines(error: GraderError, style: Style) -> list[str]:
    """The end of what a build printed, when the error is that it failed; else nothing."""
    if not isinstance(error, NotGraded):
        return []
    from grader.reporters.program_output import output_lines

    return output_lines(error.said, style)


class Looks(TypedDict):
    """How a report on a terminal should look: as for `Terminal`."""

    color: bool
    verbosity: int
    width: int


def is_live(stream: TextIO) -> bool:
    """Whether a line that stands on it can be replaced."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def looks_on(stream: TextIO, *, no_color: bool, verbosity: int) -> Looks:
    """How it should look on this stream: in colour on a terminal that has it, unless unwanted."""
    plain = (
        no_color
        or os.environ.get("NO_COLOR")
        or not stream.isatty()
        or os.environ.get("TERM") == "dumb"
    )
    width = shutil.get_terminal_size().columns if stream.isatty() else OF_A_PIPE
    return {"color": not plain, "verbosity": verbosity, "width": width}


def style_for(stream: TextIO, *, color: bool, verbosity: int, width: int) -> Style:
    """The style of what is written to `stream`: in its encoding, and 40 to 120 columns wide."""
    return Style(min(max(width, NARROWEST), WIDEST), color, _encoding(stream), verbosity)


def _encoding(stream: TextIO) -> str:
    """The stream's encoding; a StringIO has none and takes every character."""
    encoding = stream.encoding or "utf-8"
    return encoding if encodes(encoding, "") else "ascii"
