"""How a run is shown that grades one stage first and others after it: all of the one, failures of
the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from grader.report.model import (
    CheckFinished,
    CheckStarted,
    Event,
    Report,
    RunFinished,
    RunStarted,
    StageFinished,
    StageReport,
    StageStarted,
    Verdict,
)
from grader.reporters.closing import closing_lines
from grader.reporters.progress import (
    chosen_stages,
    has_only_passed,
    opening_lines,
    passed_line,
    running_line,
    stage_line,
)
from grader.reporters.terminal import said_lines
from grader.text.layout import hang
from grader.text.live_lines import LiveLines
from grader.watch.folding import Folding

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.errors import GraderError
    from grader.text.style import Style


class Focus:
    """A reporter. briefly: the slugs of the stages of which only failures are shown. live: show the
    check that runs in a line that is replaced. folded: show the first failure alone in full. A run
    that is broken off says nothing more."""

    def __init__(
        self,
        stream: TextIO,
        style: Style,
        *,
        briefly: Collection[str],
        opening: bool,
        strict: bool,
        live: bool,
        folded: bool,
    ) -> None:
        self._style = style
        self._briefly = briefly
        self._opening = opening
        self._folded = folded
        self._folding = Folding(folded=folded, strict=strict)
        self._here = style
        self._narrower = replace(style, width=style.width - 1)  # so that no terminal wraps it
        self._stage: StageStarted | None = None
        self._lines = LiveLines(stream, live=live)

    def handle(self, event: Event) -> None:
        match event:
            case RunStarted():
                self._lines.write(opening_lines(event, self._style) if self._opening else [])
            case StageStarted():
                brief = event.slug in self._briefly
                self._here = replace(self._style, verbosity=-1) if brief else self._style
                self._lines.hold(stage_line(event, self._style))
                self._stage = event
                self._lines.show(stage_line(event, self._narrower))
            case CheckStarted() if not self._here.quiet:
                self._check_started(event)
            case CheckFinished(check=check):
                self._lines.say(self._folding.check_lines(check, self._here))
            case StageFinished(stage=stage):
                self._stage_finished(stage)
            case RunFinished(report=report):
                # what to press stands below the run, and `r` asks the same again
                closing = closing_lines(
                    report, self._style, commands=not self._folded, advice=False
                )
                self._lines.write([*closing, *self._still(report)])

    def close(self, error: GraderError | None = None) -> None:
        """Leave no line standing; show the end of what a build printed that failed. The watch says
        that it did."""
        self._lines.hold()
        self._lines.write(said_lines(error, self._style) if error else [])

    def _check_started(self, event: CheckStarted) -> None:
        if not self._folded:
            self._lines.release()
            self._lines.show(running_line(event, self._style))
        elif self._stage is not None:
            self._lines.show(stage_line(self._stage, self._narrower, event.title))

    def _still(self, report: Report) -> list[str]:
        """What passed before and still does, of which nothing was shown."""
        passed = [
            stage
            for stage in report.stages
            if stage.slug in self._briefly and stage.verdict is Verdict.PASSED
        ]
        if not passed:
            return []
        chosen = chosen_stages((stage.number, stage.slug, stage.title) for stage in passed)
        text = f"{chosen} still {'pass' if len(passed) > 1 else 'passes'}"
        return hang("  ", self._style.text(text), self._style.width)

    def _stage_finished(self, stage: StageReport) -> None:
        if self._folded and not self._here.quiet and has_only_passed(stage):
            self._lines.write([passed_line(stage, self._here)])
        elif stage.verdict is Verdict.SKIPPED:
            self._lines.write(
                [stage_line(stage, self._style, f"skipped: {stage.reason or 'not judged'}")]
            )
        else:
            self._lines.say(self._folding.stage_end_lines(stage, self._here))
        self._lines.hold()
