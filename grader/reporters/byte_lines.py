"""Owns how bytes become lines: one for each LF, escaped, bounded, a caret under the fault."""

from __future__ import annotations

from itertools import takewhile

from grader.text.escape import MINIMUM_WIDTH, excerpt, visible
from grader.text.layout import counted

NOTHING = "(nothing)"
LEAST_WIDTH = MINIMUM_WIDTH + 1
TAIL = 2  # lines shown of the end of long data

Span = tuple[int, int]  # a line of the data: where it begins, and where the next one does


def byte_lines(data: bytes, width: int, *, at_most: int = 12, more: int = 0) -> tuple[str, ...]:
    """`data` in at most `at_most` lines: its beginning, the size of what is left out, its end.
    more: how many bytes follow that are not at hand; then there is no end to show."""
    if not data:
        return (NOTHING,)
    tail_lines = TAIL if at_most > 4 else at_most // 4
    head = _beginning(data, width, at_most - tail_lines)
    if more:
        return _cut_off(data, head, width, more)
    stop = head[-1][1]
    tail = _whole_ones(data, _back(data, len(data), stop, tail_lines)[::-1], width)[::-1]
    left_out = (stop, tail[0][0] if tail else len(data))
    return (*_texts(data, head, width), *_mark(data, left_out, width), *_texts(data, tail, width))


def lines_around(
    data: bytes,
    offset: int,
    width: int,
    *,
    before: int = 2,
    after: int = 2,
    caret: bool = True,
    hidden: Span = (0, 0),
) -> tuple[str, ...]:
    """The line of `data` that holds the byte at `offset`, a caret under it, and the short lines
    around it.

    An offset at or past the end puts the caret behind the last byte. Where no line around is short
    enough to be shown whole, the data are hardly text: one line shows what comes before and after,
    line ends and all. hidden: how many bytes come before and after `data` that are not at hand.
    """
    if not data:
        return (NOTHING,)
    offset = min(offset, len(data))
    start, end = data.rfind(b"\n", 0, offset) + 1, _line_end(data, offset)
    earlier = _whole_ones(data, _back(data, start, 0, before)[::-1], width)[::-1]
    later = _whole_ones(data, _forth(data, end, after), width)
    if not earlier and not later:
        start, end = 0, len(data)
    first, last = earlier[0][0] if earlier else start, later[-1][1] if later else end
    # one column for a caret behind the end
    # what is hidden belongs to the first and the last line, whichever they are
    own = (hidden[0] if start == 0 else 0, hidden[1] if end == len(data) else 0)
    line = excerpt(data[start:end], offset - start, width - 1, hidden=own)
    note = _note(offset + hidden[0], len(data) + sum(hidden))
    pointer = (_pointer(line.caret, note, width),) if caret else ()
    above, below = _texts(data, earlier, width), _texts(data, later, width)
    before_it = _mark(data, (0, first), width, hidden[0] - own[0])
    after_it = _mark(data, (last, len(data)), width, hidden[1] - own[1])
    return (*before_it, *above, line.text, *pointer, *below, *after_it)


def _beginning(data: bytes, width: int, count: int) -> list[Span]:
    """The first lines of `data`: at most `count`, and none after the second that has to be cut."""
    spans = _forth(data, 0, count)
    long = [index for index, (start, end) in enumerate(spans) if not _fits(data, start, end, width)]
    return spans[: long[1] + 1] if len(long) > 1 else spans


def _whole_ones(data: bytes, spans: list[Span], width: int) -> list[Span]:
    """`spans` up to the first line that is too long to be shown whole."""
    return list(takewhile(lambda span: _fits(data, *span, width), spans))


def _fits(data: bytes, start: int, end: int, width: int) -> bool:
    return end - start <= width and len(visible(data[start:end])) <= width


def _note(offset: int, size: int) -> str:
    return f"byte {offset}" if offset < size else f"ends here, after {counted(size, 'byte')}"


def _pointer(caret: int, note: str, width: int) -> str:
    """The caret's line: the note stands behind the caret, or before it where there is no room."""
    pointed = f"{' ' * caret}^ {note}"
    return pointed if len(pointed) <= width else f"{note} ^".rjust(caret + 1)


def _texts(data: bytes, spans: list[Span], width: int) -> tuple[str, ...]:
    return tuple(excerpt(data[start:end], 0, width).text for start, end in spans)


def _cut_off(data: bytes, head: list[Span], width: int, more: int) -> tuple[str, ...]:
    """The first lines, and the size of all that follows; a last line without its end has that size
    behind it."""
    *whole, (start, end) = head
    if end < len(data) or data.endswith(b"\n"):
        return (*_texts(data, head, width), *_mark(data, (end, len(data)), width, more))
    return (*_texts(data, whole, width), excerpt(data[start:], 0, width, hidden=(0, more)).text)


def _mark(data: bytes, left_out: Span, width: int, hidden: int = 0) -> tuple[str, ...]:
    """The line in place of what is left out: its size, or itself where it is one line. hidden: how
    many bytes more are left out, which are not at hand."""
    start, end = left_out
    if start == end and not hidden:
        return ()
    if hidden:
        return (f"[{counted(end - start + hidden, 'byte')}]",)
    if end - start <= width and _line_end(data, start) >= end and _fits(data, start, end, width):
        return _texts(data, [left_out], width)
    return (f"[{counted(end - start, 'byte')}]",)


def _line_end(data: bytes, start: int) -> int:
    return data.find(b"\n", start) + 1 or len(data)


def _forth(data: bytes, start: int, count: int) -> list[Span]:
    """At most `count` lines of `data` from `start` on; never more is looked at."""
    spans: list[Span] = []
    while start < len(data) and len(spans) < count:
        end = _line_end(data, start)
        spans.append((start, end))
        start = end
    return spans


def _back(data: bytes, end: int, floor: int, count: int) -> list[Span]:
    """At most `count` lines of `data` that end at `end`, none from before `floor`."""
    spans: list[Span] = []
    while end > floor and len(spans) < count:
        start = data.rfind(b"\n", floor, end - 1) + 1 or floor
        spans.append((start, end))
        end = start
    return spans[::-1]
