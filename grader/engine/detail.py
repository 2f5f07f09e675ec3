"""A failure as a report keeps it: what shows where two values differ, not megabytes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.diagnosis import error_begins
from grader.report.model import FailureDetail

if TYPE_CHECKING:
    from grader.check.failure import Failure

_OUTPUT_TAIL = 4096
_LONGEST_VALUE = 64 * 1024
_LONGEST_SENTENCE = 1000  # it may quote what the server sent, and so may prose
_LONGEST_PROSE = 4000


def detail_of(
    failure: Failure, reproduce: str | None, launch: str | None, output: bytes
) -> FailureDetail:
    """The failure with the commands that show it, and the end of what the program printed."""
    # a program that prints a traceback of its own making may name any line
    file, line = failure.at if failure.at and failure.at[1] > 0 else (None, None)
    return FailureDetail(
        kind=failure.kind,
        summary=_cut(failure.summary, _LONGEST_SENTENCE),
        expected=_bounded(failure.expected),
        actual=_bounded(failure.actual),
        offset=failure.offset,
        hints=failure.hints,
        cite=failure.cite,
        reproduce=reproduce,
        output_tail=_end_of(output),
        launch=launch,
        file=None if file is None else _cut(file, _LONGEST_SENTENCE),
        line=line,
    )


def _end_of(output: bytes) -> bytes:
    """The end of the output; more than fits is cut off behind the last error that it says, where a
    language says the error first and then hundreds of calls."""
    lines = output.split(b"\n")
    begins = error_begins([line.decode("latin-1") for line in lines])
    first = len(output) if begins is None else len(b"\n".join(lines[:begins]))
    first = min(first, max(0, len(output) - _OUTPUT_TAIL))
    return output[first : first + _OUTPUT_TAIL]


def _bounded(value: str | bytes | None) -> str | bytes | None:
    return (
        _cut(value, _LONGEST_PROSE) if isinstance(value, str) else value and value[:_LONGEST_VALUE]
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
