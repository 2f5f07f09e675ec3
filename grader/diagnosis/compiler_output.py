"""What a compiler printed: its first error, and its warnings. Pure."""

from __future__ import annotations

import re
from typing import Final

_MOST_LINES: Final = 10
_MOST_WARNINGS: Final = 5
_LONGEST_LINE: Final = 300
_MOST_BYTES: Final = 1 << 16
_ERROR: Final = re.compile(r"\berror\b|^\S+\.go:\d+:|undefined reference", re.IGNORECASE)
_WARNING: Final = re.compile(r"\bwarning\b.*:|:.*\bwarning\b", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"^\d+ (?:errors?|warnings?)\b|generated \d+ warning|\d+ warnings? emitted"
)
_PLACE_OF_RUST: Final = re.compile(r"\s*--> (\S+:\d+:\d+)")


def first_error(printed: bytes) -> str:
    """The first line that tells of an error, with its place; empty when there is none."""
    lines = _lines(printed)
    number = _first(lines)
    return _with_place(lines, number) if number is not None else ""


def from_first_error(printed: bytes) -> bytes:
    """Ten lines from there on: what follows the first error is often only its consequence."""
    lines = _lines(printed)
    start = _first(lines) or 0
    return "\n".join(lines[start : start + _MOST_LINES]).encode("utf-8", "surrogateescape")


def warnings_in(printed: bytes) -> list[str]:
    """The warnings of a build that succeeded, a line each, at most five."""
    lines = _lines(printed)
    found = [
        _with_place(lines, number)
        for number, line in enumerate(lines)
        if _WARNING.search(line) and not _COUNTED.search(line)
    ]
    different = [*dict.fromkeys(found)]
    more = len(different) - _MOST_WARNINGS
    return [*different[:_MOST_WARNINGS], *([f"and {more} more"] if more > 0 else [])]


def _first(lines: list[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if _ERROR.search(line)), None)


def _with_place(lines: list[str], number: int) -> str:
    """rustc says the place in the next line."""
    place = _PLACE_OF_RUST.match(lines[number + 1]) if number + 1 < len(lines) else None
    line = lines[number].strip()
    return f"{place[1]}: {line}" if place else line


def _lines(printed: bytes) -> list[str]:
    text = printed[:_MOST_BYTES].decode("utf-8", "surrogateescape")
    return [line[:_LONGEST_LINE] for line in text.splitlines() if line.strip()]
