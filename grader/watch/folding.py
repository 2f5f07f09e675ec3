"""What is shown of each check of a watch's run: folded, the first failure in full and of everything
else a line or a count; unfolded, everything. Either way a program that does not start is explained
once. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.report.model import CheckReport, Verdict
from grader.reporters.progress import check_lines, outcome, pieces_of_advice
from grader.text.layout import counted, cut

if TYPE_CHECKING:
    from grader.text.style import Style

_PASSED: Final = str(Verdict.PASSED)
_FAILED: Final = str(Verdict.FAILED)
_NOTE: Final = "note"


class Folding:
    """The checks of one run, in the order in which they end."""

    def __init__(self, *, folded: bool, strict: bool) -> None:
        self._folded = folded
        self._strict = strict
        self._failed = False
        self._never_listened: set[str] = set()
        self._passed = 0
        self._notes: list[CheckReport] = []

    def check_lines(self, check: CheckReport, style: Style) -> list[str]:
        """What is said when this check has ended."""
        name = outcome(check, strict=self._strict)
        if name == _FAILED:
            return self._failed_lines(check, style)
        if self._folded and not style.quiet:
            if name == _PASSED:
                self._passed += 1
                return []
            if name == _NOTE:
                self._notes.append(check)
                return []
        return check_lines(check, style, strict=self._strict)

    def _failed_lines(self, check: CheckReport, style: Style) -> list[str]:
        """What fails before a client could send anything, and for a reason that stands there, is
        no news for another check."""
        silent = check.failure is not None and not check.transcript
        summary = check.failure.summary if check.failure else ""
        told = (self._failed and self._folded) or (silent and summary in self._never_listened)
        self._failed = True
        self._never_listened |= {summary} if silent else set()
        if told:
            return [_line(_FAILED, check.title, style)]
        return check_lines(check, style, strict=self._strict)

    def stage_end_lines(self, style: Style) -> list[str]:
        """What is said at the end of a stage of the checks that were not shown one by one. Notes
        can wait as long as something fails."""
        passed, notes = self._passed, self._notes
        self._passed, self._notes = 0, []
        lines = []
        if passed:
            says = f"{counted(passed, 'check')} {'passes' if passed == 1 else 'pass'}"
            lines.append(_line(_PASSED, says, style))
        if notes and self._failed:
            lines.append(_line(_NOTE, f"{pieces_of_advice(len(notes))}: f shows more", style))
            return lines
        return lines + [
            line for note in notes for line in check_lines(note, style, strict=self._strict)
        ]


def _line(name: str, says: str, style: Style) -> str:
    return style.marked(name, cut(style.mark(name) + style.text(says), style.width))
