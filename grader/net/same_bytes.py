"""Bytes that have to be the expected ones, whatever protocol brought them. Raises `Failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.program.served_directory import first_difference

if TYPE_CHECKING:
    from grader.check.failure import Hint


def same_bytes(what: str, actual: bytes, expected: bytes, hint: Hint | None) -> None:
    """what: begins the sentence "...: it differs at byte 7."."""
    if actual == expected:
        return
    offset = first_difference(expected, actual)
    raise Failure(
        Kind.MISMATCH,
        f"{what}: it differs at byte {offset}.",
        expected=expected,
        actual=actual,
        offset=offset,
        hint=hint,
    )
