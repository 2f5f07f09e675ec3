"""What one try of a check has found, and whether that is its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.report.model import Verdict

if TYPE_CHECKING:
    from grader.report.model import CheckReport


@dataclass(frozen=True, slots=True)
class Tried:
    """report: what was found. decided: the try was seen to its end. hasty: it has taken an answer
    for whole since the server rested."""

    report: CheckReport
    decided: bool = True
    hasty: bool = False

    @property
    def passed(self) -> bool:
        return self.decided and self.report.verdict is Verdict.PASSED
