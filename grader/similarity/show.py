"""What `grade similar` prints. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.similarity.comparison import GIVEN, HINT, percent
from grader.similarity.lines import line_of
from grader.text.layout import columns, hang, pad

if TYPE_CHECKING:
    from grader.similarity.comparison import Comparison
    from grader.similarity.pairs import Pair
    from grader.text.style import Style

_MOST_PAIRS: Final = 50
_MOST_LEFT_OUT: Final = 20
_WIDEST: Final = 32


def result_lines(result: Comparison, style: Style) -> list[str]:
    """The table of pairs, and what it means."""
    lines = [line for note in result.notes for line in hang("", style.text(note), style.width)]
    lines += hang("", result.first, style.width)
    lines += _table(result, style)
    lines += _left_out(result, style)
    if result.pairs:
        lines += ["", *hang("", HINT, style.width), *hang("", GIVEN, style.width)]
    return lines


def _table(result: Comparison, style: Style) -> list[str]:
    if not result.pairs:
        return []
    shown = result.pairs[:_MOST_PAIRS]
    width = min(max(columns(style.text(pair.programs[0].name)) for pair in shown), _WIDEST)
    lines = [""]
    for pair in shown:
        lines += _row(pair, width, style)
    more = len(result.pairs) - len(shown)
    return [
        *lines,
        *([f"  and {more} more; a report has them: --report json:PATH"] if more else []),
    ]


def _row(pair: Pair, width: int, style: Style) -> list[str]:
    """Names are never cut: one that is too long moves what follows."""
    first, second = (f"{percent(share):>3} %" for share in pair.shares)
    one, other = (style.text(program.name) for program in pair.programs)
    here, there = max(pair.matches, key=lambda match: match[0].end - match[0].begin)
    places = " and ".join(
        f"{style.text(program.files[it.file].name)}:{line_of(program.files[it.file], it.begin)}"
        for program, it in zip(pair.programs, (here, there), strict=True)
    )
    return [
        f"  {first} of {pad(one, width)}  {second} of {other}",
        *hang(" " * 11, f"longest common part: {places}", style.width),
    ]


def _left_out(result: Comparison, style: Style) -> list[str]:
    if not result.left_out:
        return []
    shown = list(result.left_out.items())[:_MOST_LEFT_OUT]
    lines = ["", "Not compared, or not as a whole:"]
    for name, why in shown:
        lines += hang(f"  {style.text(name)}: ", style.text(why), style.width)
    more = len(result.left_out) - len(shown)
    return [*lines, *([f"  and {more} more"] if more else [])]
