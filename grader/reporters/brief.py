"""Owns the brief report: what a run came to, in a few values, for who keeps a class's results."""

from __future__ import annotations

from typing import overload

from grader import codec
from grader.report.brief import FORMAT, VERSION, Brief, FirstFailed
from grader.report.model import CheckReport, Report, Verdict
from grader.reporters.progress import outcome
from grader.text.escape import printable

_LONGEST = 2000  # characters of one sentence


def render(report: Report) -> str:
    """The report as one small JSON document, some kilobytes at most; ASCII."""
    return codec.to_json(brief_of(report), indent=2) + "\n"


def brief_of(report: Report) -> Brief:
    """What the run came to, in short."""
    checks = [check for stage in report.stages for check in stage.checks]
    return Brief(
        format=FORMAT,
        version=VERSION,
        seed=report.header.environment.seed,
        level=_sentence(report.header.environment.isolation.level),
        outcome=report.outcome,
        verdict=report.verdict,
        reason=_sentence(_reason(report)),
        score=report.score,
        max_score=report.max_score,
        stages_passed=sum(stage.verdict is Verdict.PASSED for stage in report.stages),
        stages=len(report.stages),
        checks_judged=sum(check.verdict in (Verdict.PASSED, Verdict.FAILED) for check in checks),
        first_failed=_first_failed(checks, strict=report.header.environment.strict),
        duration_s=round(report.duration_s, 6),
    )


def _first_failed(checks: list[CheckReport], *, strict: bool) -> FirstFailed | None:
    """The first check that counts and failed."""
    for check in checks:
        if outcome(check, strict=strict) == "failed":
            kind = str(check.failure.kind) if check.failure else ""
            problem = _sentence(check.failure.summary) if check.failure else ""
            return FirstFailed(_sentence(check.id), _sentence(check.requirement), kind, problem)
    return None


def _reason(report: Report) -> str | None:
    """Why the run could not be judged: its own reason, or that of the first stage or check that has
    one."""
    if report.verdict is not Verdict.ERRORED:
        return report.reason
    stages = [stage for stage in report.stages if stage.verdict is Verdict.ERRORED]
    checks = [
        check for stage in stages for check in stage.checks if check.verdict is Verdict.ERRORED
    ]
    reasons = [*(stage.reason for stage in stages), *(check.reason for check in checks)]
    return report.reason or next(filter(None, reasons), None)


@overload
def _sentence(text: str) -> str: ...
@overload
def _sentence(text: None) -> None: ...
@overload
def _sentence(text: str | None) -> str | None: ...


def _sentence(text: str | None) -> str | None:
    return None if text is None else printable(text[:_LONGEST])
