"""A failure as a report keeps it: what shows where two values differ, not megabytes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.diagnosis import error_begins
from grader.report.model import FailureDetail

if TYPE_CHECKING:
    from grader.check.failure import Failure

_OUTPUT_TAIL = 4096
_LONGEST_VALUE = 64 * 1024
_KEPT_BEFORE = _LONGEST_VALUE // 2  # of the first wrong byte
_LONGEST_SENTENCE = 1000  # it may quote what the server sent, and so may prose
_LONGEST_PROSE = 4000


def detail_of(
    failure: Failure, reproduce: str | None, launch: str | None, output: bytes
) -> FailureDetail:
    """The failure with the commands that show it, and the end of what the program printed."""
    # a program that prints a traceback of its own making may name any line
    file, line = failure.at if failure.at and failure.at[1] > 0 else (None, None)
    skipped = _skipped(failure)
    return FailureDetail(
        kind=failure.kind,
        summary=_cut(failure.summary, _LONGEST_SENTENCE),
        expected=_bounded(failure.expected, skipped),
        actual=_bounded(failure.actual, skipped),
        offset=failure.offset,
        hints=failure.hints,
        cite=failure.cite,
        reproduce=reproduce,
        output_tail=_end_of(output),
        launch=launch,
        file=None if file is None else _cut(file, _LONGEST_SENTENCE),
        line=line,
        skipped=skipped,
        expected_size=_size(failure.expected),
        actual_size=_size(failure.actual),
    )


def _end_of(output: bytes) -> bytes:
    """The end of the output; more than fits is cut off behind the last error that it says, where a
    language says the error first and then hundreds of calls."""
    lines = output.split(b"\n")
    begins = error_begins([line.decode("latin-1") for line in lines])
    first = len(output) if begins is None else len(b"\n".join(lines[:begins]))
    first = min(first, max(0, len(output) - _OUTPUT_TAIL))
    return output[first : first + _OUTPUT_TAIL]


def _skipped(failure: Failure) -> int:
    """How many bytes at the beginning are left out: where not all can be kept, those around the
    first that is wrong are."""
    longest = max(_size(failure.expected) or 0, _size(failure.actual) or 0)
    if failure.offset is None or longest <= _LONGEST_VALUE:
        return 0
    return max(0, failure.offset - _KEPT_BEFORE)


def _size(value: str | bytes | None) -> int | None:
    return len(value) if isinstance(value, bytes) else None


def _bounded(value: str | bytes | None, skipped: int) -> str | bytes | None:
    if isinstance(value, str):
        return _cut(value, _LONGEST_PROSE)
    return value and value[skipped : skipped + _LONGEST_VALUE]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
