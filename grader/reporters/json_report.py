"""Owns the JSON report, format version 3: what docs/report.schema.json promises."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from grader.check.transcript import Direction, Entry
from grader.text.escape import printable, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.report.model import (
        CheckReport,
        Environment,
        FailureDetail,
        Report,
        RunHeader,
        StageReport,
    )

FORMAT = "stage-grader/report"
VERSION = 3
Json = dict[str, Any]


def render(report: Report) -> str:
    """The report as JSON text: ASCII only, for any pipe, with a final line break."""
    return json.dumps(document(report), indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def document(report: Report) -> Json:
    """The report as plain values, in the order in which they are written."""
    header = report.header
    return {
        "format": FORMAT,
        "version": VERSION,
        "course": {
            "slug": _text(header.course_slug),
            "title": _text(header.course_title),
        },
        "submission": _submission(header),
        "environment": _environment(header.environment),
        "started_at": _text(header.started_at),
        "duration_s": _seconds(report.duration_s),
        "outcome": str(report.outcome),
        "verdict": str(report.verdict),
        "reason": _optional(report.reason),
        "output_tail": visible(report.output_tail),
        "score": report.score,
        "max_score": report.max_score,
        "stages": [_stage(stage) for stage in report.stages],
    }


def _submission(header: RunHeader) -> Json:
    return {
        "path": _text(header.submission_path),
        "command": [_text(word) for word in header.submission_command],
    }


def _environment(environment: Environment) -> Json:
    isolation = environment.isolation
    return {
        "grader_version": _text(environment.grader_version),
        "python": _text(environment.python),
        "platform": _text(environment.platform),
        "isolation": {
            "rung": _text(isolation.level),
            "loses": [_text(loss) for loss in isolation.weaknesses],
        },
        "limits": asdict(environment.limits),
        "seed": environment.seed,
        "strict": environment.strict,
    }


def _stage(stage: StageReport) -> Json:
    return {
        "number": stage.number,
        "slug": _text(stage.slug),
        "title": _text(stage.title),
        "track": _text(stage.track),
        "verdict": str(stage.verdict),
        "reason": _optional(stage.reason),
        "points": stage.points,
        "max_points": stage.max_points,
        "duration_s": _seconds(stage.duration_s),
        "checks": [_check(check) for check in stage.checks],
    }


def _check(check: CheckReport) -> Json:
    return {
        "id": _text(check.id),
        "requirement": _text(check.requirement),
        "cite": _text(check.cite),
        "level": str(check.level),
        "verdict": str(check.verdict),
        "reason": _optional(check.reason),
        "points": check.points,
        "max_points": check.max_points,
        "duration_s": _seconds(check.duration_s),
        "failure": _failure(check.failure) if check.failure else None,
        "transcript": [_entry(entry) for entry in _joined(check.transcript)],
    }


def _failure(failure: FailureDetail) -> Json:
    return {
        "kind": str(failure.kind),
        "summary": _text(failure.summary),
        "expected": _value(failure.expected),
        "actual": _value(failure.actual),
        "offset": failure.offset,
        "hint": _optional(failure.hint),
        "cite": _optional(failure.cite),
        "launch": _optional(failure.launch),
        "reproduce": _optional(failure.reproduce),
        "output_tail": visible(failure.output_tail),
    }


def _joined(entries: Sequence[Entry]) -> list[Entry]:
    """What came in a row as one entry, at the time of its first byte: where it was cut is the
    network's doing, and two reports of one seed differ in nothing but times."""
    runs = [
        list(run)
        for _, run in groupby(entries, key=lambda entry: (entry.connection, entry.direction))
    ]
    return [
        whole
        for run in runs
        for whole in (
            [replace(run[0], data=b"".join(entry.data for entry in run))]
            if _is_received(run[0])
            else run
        )
    ]


def _is_received(entry: Entry) -> bool:
    return entry.direction is Direction.RECEIVED


def _entry(entry: Entry) -> Json:
    return {
        "connection": entry.connection,
        "direction": str(entry.direction),
        "by": _text(entry.by),
        "at_s": _seconds(entry.at_s),
        "bytes": visible(entry.data),
    }


def _text(text: str) -> str:
    """Text that is safe to print and parse: controls and lone surrogates (names not in UTF-8) are
    escaped."""
    return printable(text, keep="\n\t")


def _optional(text: str | None) -> str | None:
    return None if text is None else _text(text)


def _value(value: str | bytes | None) -> str | None:
    return visible(value) if isinstance(value, bytes) else _optional(value)


def _seconds(seconds: float) -> float:
    return round(seconds, 6)
