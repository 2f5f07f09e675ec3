"""The sentences on bytes that are not a message. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind

if TYPE_CHECKING:
    from grader.http1.wire import Malformed


def explain_malformed(malformed: Malformed) -> Failure:
    """The failure for bytes that are not a message, or only a part of one."""
    return Failure(
        Kind.MALFORMED,
        malformed.summary,
        expected=malformed.expected,
        actual=malformed.raw,
        offset=malformed.offset - malformed.raw_start,
        hint=malformed.hint,
        cite=malformed.cite,
    )


def explain_endless(most: int) -> Failure:
    """The failure for an answer of which more than `most` bytes came without its end."""
    return Failure(
        Kind.MALFORMED,
        f"The answer has no end after {most} bytes; no request here asks for so many.",
        expected=f"an answer of fewer than {most} bytes",
        hint="Send the answer once, say where it ends, then stop sending.",
    )
