"""What is shown of each check of a watch's run: folded, the first failure, as far as it fits on a
screen, and of everything else a line or a count; unfolded, everything. Either way a program that
does not start is explained once. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.report.model import CheckReport, Verdict
from grader.reporters.causes import ShownCauses
from grader.reporters.progress import check_lines, outcome, stage_end_lines
from grader.text.layout import cut

if TYPE_CHECKING:
    from grader.report.model import StageReport
    from grader.text.style import Style

_FAILED: Final = str(Verdict.FAILED)
_NOTE: Final = "note"


class Folding:
    """The checks of one run, in the order in which they end."""

    def __init__(self, *, folded: bool, strict: bool) -> None:
        self._folded = folded
        self._strict = strict
        self._failed = False
        self._causes = ShownCauses("f")
        self._never_listened: set[str] = set()
        self._notes: list[CheckReport] = []

    def check_lines(self, check: CheckReport, style: Style) -> list[str]:
        """What is said when this check has ended."""
        name = outcome(check, strict=self._strict)
        if name == _FAILED:
            return self._failed_lines(check, style)
        if not self._folded or style.quiet:
            return check_lines(check, style, strict=self._strict)
        if name == _NOTE:
            self._notes.append(check)
            return []
        return check_lines(check, style, strict=self._strict, causes=self._causes)

    def _failed_lines(self, check: CheckReport, style: Style) -> list[str]:
        first, self._failed = not self._failed, True
        if not self._folded:
            told = self._is_told(check)
            return _line(check, style) if told else check_lines(check, style, strict=self._strict)
        if first:
            return check_lines(check, style, strict=self._strict, causes=self._causes)
        if not style.quiet and self._causes.folds(check, _FAILED):
            return []
        return _line(check, style)

    def _is_told(self, check: CheckReport) -> bool:
        """What fails before a client could send anything, and for a reason that stands there, is no
        news for another check."""
        if check.failure is None or check.transcript:
            return False
        told = check.failure.summary in self._never_listened
        self._never_listened.add(check.failure.summary)
        return told

    def stage_end_lines(self, stage: StageReport, style: Style) -> list[str]:
        """What is said at the end of a stage. Notes can wait as long as something fails."""
        notes, self._notes = self._notes, []
        causes = self._causes if self._folded and not style.quiet else None
        lines = stage_end_lines(stage, style, causes)
        if self._failed:
            return [*lines, *self._causes.counted([note.title for note in notes], style)]
        said = [check_lines(note, style, strict=self._strict) for note in notes]
        return [*lines, *(line for one in said for line in one)]


def _line(check: CheckReport, style: Style) -> list[str]:
    line = cut(style.mark(_FAILED) + style.text(check.title), style.width)
    return [style.marked(_FAILED, line)]
