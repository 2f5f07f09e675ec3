"""A report as the document that is written of it. Pure.

Two things are settled here. What was received in a row becomes one event: where it was cut is the
network's doing, and two reports of one seed differ in nothing but times. And of a check that passed
only the beginning of the transcript is kept: what a right server has sent, nobody looks for, and it
would be megabytes.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec.structs import asdict, replace

from grader.check.transcript import Direction, Entry
from grader.codec import Escaped
from grader.report.check_document import CheckDocument, EntryDocument, FailureDocument
from grader.report.document import (
    FORMAT,
    VERSION,
    CourseDocument,
    EnvironmentDocument,
    IsolationDocument,
    LimitsDocument,
    RepetitionDocument,
    ReportDocument,
    StageDocument,
    SubmissionDocument,
)
from grader.report.model import Verdict
from grader.text.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.report.check_document import ValueKind
    from grader.report.model import CheckReport, Environment, FailureDetail, Report, StageReport

MOST_EVENTS: Final = 20  # of a check that passed
MOST_BYTES: Final = 2048


def document_of(report: Report) -> ReportDocument:
    """The report as it is written."""
    header = report.header
    return ReportDocument(
        format=FORMAT,
        version=VERSION,
        course=CourseDocument(header.course_slug, header.course_title, header.course_version),
        submission=SubmissionDocument(
            header.submission_path, header.submission_command, header.built_by
        ),
        environment=_environment_document(header.environment),
        started_at=header.started_at,
        duration_s=_seconds(report.duration_s),
        outcome=report.outcome,
        verdict=report.verdict,
        reason=report.reason,
        output_tail=Escaped(report.output_tail),
        score=report.score,
        max_score=report.max_score,
        stages=tuple(map(_stage_document, report.stages)),
        repetitions=tuple(
            RepetitionDocument(run.seed, run.verdict, run.failed) for run in report.repetitions
        ),
    )


def _environment_document(environment: Environment) -> EnvironmentDocument:
    return EnvironmentDocument(
        grader_version=environment.grader_version,
        python=environment.python,
        platform=environment.platform,
        isolation=IsolationDocument(environment.isolation.level, environment.isolation.weaknesses),
        limits=LimitsDocument(**asdict(environment.limits)),
        seed=environment.seed,
        strict=environment.strict,
        checks=environment.checks,
        repeat=environment.repeat,
        policy=environment.policy,
    )


def _stage_document(stage: StageReport) -> StageDocument:
    return StageDocument(
        number=stage.number,
        slug=stage.slug,
        title=stage.title,
        track=stage.track,
        verdict=stage.verdict,
        reason=stage.reason,
        points=stage.points,
        max_points=stage.max_points,
        duration_s=_seconds(stage.duration_s),
        checks=tuple(map(_check_document, stage.checks)),
    )


def _check_document(check: CheckReport) -> CheckDocument:
    events = list(_joined(check.transcript))
    kept = list(_beginning(events)) if check.verdict is Verdict.PASSED else events
    return CheckDocument(
        id=check.id,
        title=check.title,
        requirement=check.requirement,
        cite=check.cite,
        level=check.level,
        verdict=check.verdict,
        reason=check.reason,
        points=check.points,
        max_points=check.max_points,
        duration_s=_seconds(check.duration_s),
        failure=_failure_document(check.failure) if check.failure else None,
        transcript=tuple(map(_entry_document, kept)),
        events_left_out=check.events_left_out + len(events) - len(kept),
        hidden=check.hidden,
    )


def _failure_document(failure: FailureDetail) -> FailureDocument:
    return FailureDocument(
        kind=failure.kind,
        summary=failure.summary,
        file=failure.file,
        line=failure.line,
        expected=_written(failure.expected),
        expected_kind=_kind(failure.expected),
        actual=_written(failure.actual),
        actual_kind=_kind(failure.actual),
        offset=failure.offset,
        hint=failure.hint,
        hints=failure.hints,
        cause=failure.cause,
        cite=failure.cite,
        launch=failure.launch,
        reproduce=failure.reproduce,
        output_tail=Escaped(failure.output_tail),
        connections=failure.connections,
        skipped=failure.skipped,
        expected_size=failure.expected_size,
        actual_size=failure.actual_size,
        decoded=failure.decoded,
    )


def _written(value: str | bytes | None) -> str | None:
    return visible(value) if isinstance(value, bytes) else value


def _kind(value: str | bytes | None) -> ValueKind | None:
    if value is None:
        return None
    return "bytes" if isinstance(value, bytes) else "text"


def _entry_document(entry: Entry) -> EntryDocument:
    return EntryDocument(
        connection=entry.connection,
        direction=entry.direction,
        by=entry.by,
        at_s=_seconds(entry.at_s),
        bytes=Escaped(entry.data),
        left_out=entry.left_out,
    )


def _joined(entries: Sequence[Entry]) -> Iterator[Entry]:
    """What came in a row as one entry, at the time of its first byte."""
    for (_, direction), run in groupby(entries, lambda entry: (entry.connection, entry.direction)):
        if direction is Direction.RECEIVED:
            pieces = list(run)
            yield replace(
                pieces[0],
                data=b"".join(piece.data for piece in pieces),
                left_out=sum(piece.left_out for piece in pieces),
            )
        else:
            yield from run


def _beginning(entries: Sequence[Entry]) -> Iterator[Entry]:
    room = MOST_BYTES
    for entry in entries[:MOST_EVENTS]:
        data = entry.data[:room]
        room -= len(data)
        yield replace(entry, data=data, left_out=entry.left_out + len(entry.data) - len(data))


def _seconds(seconds: float) -> float:
    return round(seconds, 6)
