"""What is not judged, and why: it would only fail for the same reason as something before. Pure.

A skipped check is never a pass: it has no points, and a stage in which one that counts was skipped
has not passed. Nobody is failed by it either: what it waits for has failed in this run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Kind
from grader.report.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.declaration import Check
    from grader.course import Stage
    from grader.report.model import CheckReport, StageReport

_PAST: Final = {
    Verdict.FAILED: "failed",
    Verdict.ERRORED: "could not be judged",
    Verdict.SKIPPED: "was skipped",
}


def why_skip_stage(stage: Stage, done: Sequence[StageReport], *, keep_going: bool) -> str | None:
    """Why the stage is not begun, after these; `None` when it is.

    A stage that fails ends its own track: the others go on, but for what builds on it.
    """
    if stage.narrowed:  # its checks were asked for by name
        return None
    stopped = {
        it.slug: it.verdict
        for it in done
        if it.track == stage.track and it.verdict is not Verdict.PASSED
    }
    first = next(
        (slug for slug, verdict in stopped.items() if verdict is not Verdict.SKIPPED), None
    )
    if first and not keep_going:
        return f"{first} {stopped[first]}"
    gone = (it for it in done if it.slug in stage.requires and not _can_be_built_on(it))
    return next((f"it builds on {it.slug}, {_why_not(it)}" for it in gone), None)


def why_skip_check(
    check: Check, stage: Stage, before: Sequence[CheckReport], done: Sequence[StageReport]
) -> str | None:
    """Why the check is not judged, after these of its stage and these stages; `None` when it is.

    What was skipped itself says nothing of what this check asks; and where an upload is answered
    well and stored wrongly, other uploads may be stored rightly.
    """
    if stage.narrowed:
        return None
    if before and before[0].verdict is not Verdict.PASSED:
        return f"the stage's ordinary case {_PAST[before[0].verdict]}"
    known = [*before, *(it for stage_done in done for it in stage_done.checks)]
    gone = (it for it in known if it.id in check.asks and _is_gone(it))
    return next((f"it builds on {it.id}, which {_PAST[it.verdict]}" for it in gone), None)


def _is_gone(asked: CheckReport) -> bool:
    """Whether what this check asks for is not answered well."""
    if asked.verdict is Verdict.FAILED and asked.failure is not None:
        other_bytes = isinstance(asked.failure.actual, bytes)
        return not (asked.failure.kind is Kind.FILES and other_bytes)
    return asked.verdict in (Verdict.FAILED, Verdict.ERRORED)


def why_skipped(verdict: Verdict, checks: Sequence[CheckReport]) -> str | None:
    """The reason of a stage that was begun, and has this verdict; `None` where its checks say
    it."""
    if verdict is not Verdict.SKIPPED:
        return None
    return next(it.reason for it in checks if it.verdict is Verdict.SKIPPED)


def _can_be_built_on(done: StageReport) -> bool:
    """Whether its ordinary case works: what else failed in it may have nothing to do with what
    builds on it."""
    return bool(done.checks) and done.checks[0].verdict is Verdict.PASSED


def _why_not(done: StageReport) -> str:
    if done.verdict is Verdict.SKIPPED or not done.checks:
        return f"which {_PAST[done.verdict]}"
    return f"whose ordinary case {_PAST[done.checks[0].verdict]}"
