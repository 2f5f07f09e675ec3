"""Reads what oha prints as JSON. Pure.

oha -z SECONDSs -c CONNECTIONS --no-tui, with `-j` up to version 1.6 and `--output-format json`
after it: https://github.com/hatoo/oha (schema.json there says what the fields mean)
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct, field

from grader.bench.figures import Latencies, LoadFigures, UnreadOutput
from grader.codec import BrokenJson, from_json

_DEADLINE: Final = "aborted due to deadline"
"""What was on its way when the time was over is no error."""

_Count = Annotated[int, Meta(ge=0)]


class _Summary(Struct, frozen=True):
    total: float


class _Percentiles(Struct, frozen=True):
    p50: float | None
    p90: float | None
    p99: float | None


class _Printed(Struct, frozen=True):
    summary: _Summary
    percentiles: _Percentiles = field(name="latencyPercentiles")
    statuses: dict[str, _Count] = field(name="statusCodeDistribution")
    errors: dict[str, _Count] = field(name="errorDistribution")


def read(printed: str) -> LoadFigures:
    """The figures of one run. Raises `UnreadOutput`."""
    try:
        found = from_json(printed, _Printed)
    except BrokenJson as error:
        raise UnreadOutput(str(error)) from error
    answers = sum(found.statuses.values())
    refused = sum(count for status, count in found.statuses.items() if status >= "400")
    broken = sum(count for why, count in found.errors.items() if why != _DEADLINE)
    return LoadFigures(
        found.summary.total, answers, refused, broken, _latencies(found.percentiles, answers)
    )


def _latencies(found: _Percentiles, answers: int) -> Latencies | None:
    if not answers:
        return None
    if found.p50 is None or found.p90 is None or found.p99 is None:
        raise UnreadOutput("no latency percentiles")
    return Latencies(found.p50, found.p90, found.p99)
