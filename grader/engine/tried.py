"""What one try of a check has found, and whether that is its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.report.model import Verdict
from grader.value import Value

if TYPE_CHECKING:
    from grader.report.model import CheckReport


class Tried(Value, frozen=True):
    """report: what was found. decided: the try was seen to its end. hasty: it has taken an answer
    for whole since the server rested. guests: how many clients stayed with the server at its
    end."""

    report: CheckReport
    decided: bool = True
    hasty: bool = False
    guests: int = 0

    @property
    def passed(self) -> bool:
        return self.decided and self.report.verdict is Verdict.PASSED
