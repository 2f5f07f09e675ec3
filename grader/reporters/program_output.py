"""Owns what is shown of what a program printed: its end, or the error in it.

The first line of a run does not wait for the diagnosis to load, so it is not loaded with this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.text.layout import cut, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.text.style import Style

MOST_OUTPUT_LINES = 15
MOST_OUTPUT_BYTES = 16 * 1024


def output_lines(output: bytes, style: Style) -> list[str]:
    """The end of what a program printed, as lines of their own; none when it printed nothing."""
    return (
        [f"  {line}" for line in last_lines(output, style, style.width - 2, MOST_OUTPUT_LINES)]
        if output.strip()
        else []
    )


def last_lines(output: bytes, style: Style, width: int, most: int) -> tuple[str, ...]:
    """What fits of the output: its end, or from where the last error begins. Calls of a library
    make room first."""
    from grader.diagnosis import error_begins

    lines = _text_of(output).split("\n")
    begins = error_begins(lines)
    before, rest = lines[: begins or 0], lines[begins or 0 :]
    if len(_pieces(lines, style, width)) > most:
        before, rest = _shortened(before), _shortened(rest)
    pieces, ahead = _pieces(rest, style, width), _pieces(before, style, width)
    if begins is None or len(pieces) < most:
        if rest and len(_pieces(rest[-1:], style, width)) > most:  # its end alone says nothing
            return (f"| {cut(style.text(rest[-1]), width - 2)}",)
        return tuple(f"| {line}" for line in [*ahead, *pieces][-most:])
    shown = pieces[:most]
    if len(pieces) > most > 2:
        shown[-1] = "..."
    return tuple(f"| {line}" for line in shown)


def ends_with_an_error_of(sentence: str, output: bytes) -> bool:
    """Whether the last line that was printed is an error whose message stands in the sentence."""
    message = _text_of(output).rpartition("\n")[2].partition(": ")[2].strip()
    return bool(message) and message in sentence


def _text_of(output: bytes) -> str:
    return (
        output[-MOST_OUTPUT_BYTES:]
        .decode("utf-8", "backslashreplace")
        .replace("\r\n", "\n")
        .rstrip("\n")
    )


def _shortened(lines: Sequence[str]) -> list[str]:
    from grader.diagnosis import without_foreign

    # Who printed blanks alone, more than fit, printed something all the same.
    return [line for line in without_foreign(lines) if line.strip()] or list(lines)


def _pieces(lines: Sequence[str], style: Style, width: int) -> list[str]:
    return [piece for line in lines for piece in wrap(style.text(line), width - 2)]
