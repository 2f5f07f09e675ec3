"""Whether the program has ended after checks that passed, so that it was started again for the next
one.

Such a check does not see it: what it asks for was there before the end came. The failure of the
first check that does see it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.failure import Kind
from grader.check.transcript import Direction
from grader.report.model import Verdict

if TYPE_CHECKING:
    from grader.report.model import CheckReport

_TOLD: Final = " It ended after earlier checks, too, and was started again for each."


class EndedEarlier:
    """One for a run. Checks that run in the background are not followed."""

    def __init__(self) -> None:
        self._passed = False  # the check before
        self._has = False

    def before(self, *, ended: bool) -> None:
        """A check begins. ended: the program that served the one before has ended by itself."""
        self._has |= self._passed and ended

    def tried_again(self, first: CheckReport, second: CheckReport) -> None:
        """A check has failed on a program that had served others; `second` is its verdict on a
        fresh one. Where only the first of the two ended before any answer, it was about to end
        when the check began."""
        self._has |= (
            self._passed
            and _ended(first)
            and not _is_answered(first)
            and (second.verdict is Verdict.PASSED or _is_answered(second))
        )

    def after(self, report: CheckReport) -> CheckReport:
        """A check is over; its report, which says so where the program ended once more, after an
        answer: of one that ends without, it cannot always be seen whether it ended before."""
        self._passed = report.verdict is Verdict.PASSED
        if not (self._has and _ended(report) and _is_answered(report)) or report.failure is None:
            return report
        failure = replace(report.failure, summary=report.failure.summary + _TOLD)
        return replace(report, failure=failure)


def _ended(report: CheckReport) -> bool:
    return report.failure is not None and report.failure.kind is Kind.EXIT


def _is_answered(report: CheckReport) -> bool:
    return any(it.direction is Direction.RECEIVED for it in report.transcript)
