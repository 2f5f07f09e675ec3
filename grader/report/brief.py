"""The brief report, format version 3, as types: a class is counted by it."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct, field

from grader.outcomes import Outcome
from grader.report.check_document import Count, Seconds
from grader.report.model import Verdict

FORMAT: Final = "stage-grader/brief"
VERSION: Final = 3


class FirstFailed(Struct, frozen=True):
    """The first check that counts and failed: its id, and the sentence that it decides."""

    check: str
    requirement: str


class Brief(Struct, frozen=True, kw_only=True):
    """What a grading found, in some kilobytes at most. level: what contained it. The rest is what
    docs/report.md says."""

    format: Literal["stage-grader/brief"] = FORMAT
    version: Literal[3] = VERSION
    seed: int
    level: str = field(name="isolation_level")
    outcome: Outcome
    verdict: Verdict
    reason: str | None
    score: Count
    max_score: Count
    stages_passed: Count
    stages: Count
    checks_judged: Count
    first_failed: FirstFailed | None
    duration_s: Seconds

    @property
    def check(self) -> str | None:
        """The id of the first check that counts and failed."""
        return self.first_failed.check if self.first_failed else None

    @property
    def requirement(self) -> str | None:
        """What that check requires."""
        return self.first_failed.requirement if self.first_failed else None
