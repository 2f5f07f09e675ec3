"""Brief reports made up in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.outcomes import Outcome
from grader.report.brief import FORMAT, VERSION, Brief, FirstFailed

if TYPE_CHECKING:
    from grader.report.model import Verdict


def brief(
    verdict: Verdict,
    score: int,
    stages_passed: int,
    checks_judged: int,
    first_failed: FirstFailed | None = None,
) -> Brief:
    """Of a run of nine stages with 72 points."""
    return Brief(
        format=FORMAT,
        version=VERSION,
        seed=1,
        level="namespaces",
        outcome=Outcome.GRADED,
        verdict=verdict,
        reason=None,
        score=score,
        max_score=72,
        stages_passed=stages_passed,
        stages=9,
        checks_judged=checks_judged,
        first_failed=first_failed,
        duration_s=1.0,
    )
