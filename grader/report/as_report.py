"""A report that was written, as the values that every reporter takes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.transcript import Entry
from grader.codec import BrokenJson
from grader.limits import NAMES, Limits
from grader.report.model import (
    CheckReport,
    Environment,
    FailureDetail,
    Isolation,
    Repetition,
    Report,
    RunHeader,
    StageReport,
)
from grader.text.escape import unescape

if TYPE_CHECKING:
    from grader.report.check_document import (
        CheckDocument,
        EntryDocument,
        FailureDocument,
        ValueKind,
    )
    from grader.report.document import ReportDocument, StageDocument


def report_of(read: ReportDocument) -> Report:
    """The report that was written so. Raises `BrokenJson`."""
    return Report(
        header=_header(read),
        verdict=read.verdict,
        reason=read.reason,
        duration_s=read.duration_s,
        stages=tuple(map(_stage, read.stages)),
        outcome=read.outcome,
        output_tail=bytes(read.output_tail),
        repetitions=tuple(
            Repetition(run.seed, run.verdict, run.failed) for run in read.repetitions
        ),
    )


def _header(read: ReportDocument) -> RunHeader:
    found = read.environment
    environment = Environment(
        grader_version=found.grader_version,
        python=found.python,
        platform=found.platform,
        isolation=Isolation(found.isolation.level, found.isolation.weaknesses),
        seed=found.seed,
        strict=found.strict,
        limits=Limits(**{name: getattr(found.limits, name) for name in NAMES}),
        checks=found.checks,
        repeat=found.repeat,
        policy=found.policy,
    )
    return RunHeader(
        course_slug=read.course.slug,
        course_title=read.course.title,
        submission_path=read.submission.path,
        submission_command=read.submission.command,
        environment=environment,
        started_at=read.started_at,
        course_version=read.course.version,
        built_by=read.submission.built_by,
    )


def _stage(read: StageDocument) -> StageReport:
    return StageReport(
        number=read.number,
        slug=read.slug,
        title=read.title,
        track=read.track,
        verdict=read.verdict,
        reason=read.reason,
        duration_s=read.duration_s,
        checks=tuple(map(_check, read.checks)),
        max_points=read.max_points,
    )


def _check(read: CheckDocument) -> CheckReport:
    return CheckReport(
        id=read.id,
        title=read.title,
        requirement=read.requirement,
        cite=read.cite,
        level=read.level,
        verdict=read.verdict,
        reason=read.reason,
        points=read.points,
        max_points=read.max_points,
        duration_s=read.duration_s,
        failure=_failure(read.failure) if read.failure else None,
        transcript=tuple(map(_entry, read.transcript)),
        events_left_out=read.events_left_out,
        hidden=read.hidden,
    )


def _failure(read: FailureDocument) -> FailureDetail:
    return FailureDetail(
        kind=read.kind,
        summary=read.summary,
        expected=_value(read.expected, read.expected_kind),
        actual=_value(read.actual, read.actual_kind),
        offset=read.offset,
        cause=read.cause,
        hints=read.hints or ((read.hint,) if read.hint else ()),
        cite=read.cite,
        reproduce=read.reproduce,
        output_tail=bytes(read.output_tail),
        launch=read.launch,
        file=read.file,
        line=read.line,
        connections=read.connections,
        skipped=read.skipped,
        expected_size=read.expected_size,
        actual_size=read.actual_size,
        decoded=read.decoded,
    )


def _value(written: str | None, kind: ValueKind | None) -> str | bytes | None:
    if written is None or kind != "bytes":
        return written
    try:
        return unescape(written)
    except ValueError as error:
        raise BrokenJson(f"it compares bytes that are none: {error}") from error


def _entry(read: EntryDocument) -> Entry:
    return Entry(
        connection=read.connection,
        direction=read.direction,
        at_s=read.at_s,
        data=bytes(read.bytes),
        by=read.by,
        left_out=read.left_out,
    )
