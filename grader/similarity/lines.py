"""Lines of source files, as they are shown: where a match lies, and what of each line is in it.
Pure."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from grader.similarity.pairs import Stretch
    from grader.similarity.programs import SourceFile

AROUND: Final = 2
"""Lines that are shown before and after."""

_LONGEST: Final = 400
"""Characters of a line."""


class ShownLine(Value, frozen=True):
    """number: from 1. before, common, after: what of it is not in the match, and what is."""

    number: int
    before: str
    common: str
    after: str


def line_of(file: SourceFile, token: int) -> int:
    """The line, from 1, where this token begins."""
    return file.text.count("\n", 0, file.tokens.begins[token]) + 1


def last_line_of(file: SourceFile, stretch: Stretch) -> int:
    """The line, from 1, where a match ends."""
    return file.text.count("\n", 0, file.tokens.ends[stretch.end - 1]) + 1


def shown_lines(file: SourceFile, stretch: Stretch, most: int) -> list[ShownLine]:
    """The lines of a match and those around it, at most so many."""
    begin, end = file.tokens.begins[stretch.begin], file.tokens.ends[stretch.end - 1]
    lines = file.text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    first = max(bisect_right(starts, begin) - 1 - AROUND, 0)
    last = min(bisect_right(starts, end - 1) + AROUND, len(lines))
    found = []
    for number in range(first, min(last, first + most)):
        line, start = lines[number], starts[number]
        left = min(max(begin - start, 0), len(line))
        right = min(max(end - start, left), len(line))
        if not line[left:right].strip() or right <= left:
            left = right = len(line)
        left += len(line[left:right]) - len(line[left:right].lstrip())  # not the indent
        found.append(
            ShownLine(number + 1, _cut(line[:left]), _cut(line[left:right]), _cut(line[right:]))
        )
    return found


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
