"""The outline of a report: each verdict, its sentence and its first hint, without what went over
the wire. It is read in a millisecond, so a class is listed and counted by outlines. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader import codec
from grader.report.as_document import document_of
from grader.report.codec import from_json
from grader.report.model import CheckReport, FailureDetail, Report

if TYPE_CHECKING:
    from grader.book.model import KeptResult
    from grader.book.policy import Policy


def outline_of(report: Report) -> bytes:
    """As JSON."""
    stages = tuple(
        replace(stage, checks=tuple(map(_short, stage.checks))) for stage in report.stages
    )
    short = replace(report, stages=stages, output_tail=b"")
    return codec.to_json(document_of(short), shown=True).encode()


def counted(kept: KeptResult, policy: Policy) -> Report:
    """The outline of a result as a class with this policy counts it. Raises `BrokenJson`."""
    return policy.applied(from_json(kept.outline))


def _short(check: CheckReport) -> CheckReport:
    if check.failure is None:
        return replace(check, transcript=(), events_left_out=0)
    found = check.failure
    failure = FailureDetail(
        found.kind,
        found.summary,
        hints=found.hints[:1],
        file=found.file,
        line=found.line,
        cause=found.cause,
    )
    return replace(check, transcript=(), events_left_out=0, failure=failure)
