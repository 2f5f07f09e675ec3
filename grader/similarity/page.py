"""The page of `grade similar`: each pair with what is equal, side by side. It loads nothing and has
no script, and all that it shows is made printable and escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.reporters.html_templates import inlined, templates_of
from grader.similarity.comparison import GIVEN, HINT, percent
from grader.similarity.lines import ShownLine, last_line_of, line_of, shown_lines
from grader.value import Value

if TYPE_CHECKING:
    from grader.similarity.comparison import Comparison
    from grader.similarity.pairs import Pair, Stretch
    from grader.similarity.programs import Program

MOST_PAIRS: Final = 100
_MOST_LINES: Final = 2000
"""On each side of one pair."""


class _Side(Value, frozen=True):
    name: str
    percent: int


class _Excerpt(Value, frozen=True):
    """where: the file and the lines. whose: of the submission of this name."""

    whose: str
    where: str
    lines: list[ShownLine]


class _PairView(Value, frozen=True):
    """number: from 1. common: how many parts are equal. parts: those that are shown, the longest
    first. left: how many are not."""

    number: int
    sides: tuple[_Side, _Side]
    common: int
    parts: list[tuple[_Excerpt, _Excerpt]]

    @property
    def left(self) -> int:
        return self.common - len(self.parts)


def render(result: Comparison) -> str:
    """The comparison as one HTML document."""
    templates = templates_of("grader.similarity")
    style = inlined(templates, "similarity.css")
    pairs = [_view(number, pair) for number, pair in enumerate(result.pairs[:MOST_PAIRS], 1)]
    page = templates.get_template("similarity.html")
    return page.render(
        result=result, pairs=pairs, more=len(result.pairs) - len(pairs), hint=HINT, given=GIVEN,
        style=style,
    ) + "\n"  # fmt: skip


def _view(number: int, pair: Pair) -> _PairView:
    one, other = pair.programs
    sides = zip(pair.programs, pair.shares, strict=True)
    first, second = (_Side(it.name, percent(share)) for it, share in sides)
    parts: list[tuple[_Excerpt, _Excerpt]] = []
    room = _MOST_LINES
    for here, there in sorted(pair.matches, key=lambda it: it[0].begin - it[0].end):
        if room <= 0:
            break
        parts.append((_excerpt(one, here, room), _excerpt(other, there, room)))
        room -= max(len(side.lines) for side in parts[-1])
    return _PairView(number, (first, second), len(pair.matches), parts)


def _excerpt(program: Program, stretch: Stretch, most: int) -> _Excerpt:
    file = program.files[stretch.file]
    begin, end = line_of(file, stretch.begin), last_line_of(file, stretch)
    where = f"line {begin}" if begin == end else f"lines {begin} to {end}"
    return _Excerpt(program.name, f"{file.name}, {where}", shown_lines(file, stretch, most))
