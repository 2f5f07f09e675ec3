"""The class as a table for a gradebook: a row for each submission, as CSV (RFC 4180). Pure."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grader.jobs.results import ClassOutcome, ClassResult
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = (
    "name", "path", "verdict", "score", "max_score", "stages_passed", "first_failed_check",
    "reason", "seed",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def gradebook(rows: Iterable[tuple[str, str, ClassResult]], seed: int) -> str:
    """Rows of (name, path, result) as CSV text with a header. A cell is empty where there is
    nothing to say; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, path, result in rows:
        writer.writerow([cell(value) for value in _values(name, path, result, seed)])
    return text.getvalue()


def cell(value: str | int | None) -> str:
    """The value as a spreadsheet may read it: without controls, and never a formula."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    guarded = f"'{value}" if value.startswith(_FORMULA) else value
    return printable(guarded)


def _values(name: str, path: str, result: ClassResult, seed: int) -> tuple[str | int | None, ...]:
    found = result.brief
    # what is not judged has no score
    if found is None or result.outcome not in (ClassOutcome.PASSED, ClassOutcome.FAILED):
        return (name, path, result.outcome, None, None, None, None, result.reason, seed)
    numbers = (found.score, found.max_score, found.stages_passed)
    return (name, path, result.outcome, *numbers, found.check, result.reason, seed)
