"""What is said of bytes that are not a message. Pure."""

from __future__ import annotations

from grader.failure import Failure, Kind
from grader.wire import Malformed


def explain_malformed(malformed: Malformed) -> Failure:
    """The failure for bytes that are not a message, or only a part of one."""
    return Failure(
        Kind.MALFORMED,
        malformed.summary,
        expected=malformed.expected,
        actual=malformed.raw,
        offset=malformed.offset - malformed.raw_start,
        hint=malformed.mend,
        cite=malformed.cite,
    )
