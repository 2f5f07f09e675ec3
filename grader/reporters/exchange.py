"""Owns how a transcript is shown: its last exchanges, or every event with its time."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction, Entry
from grader.reporters.byte_lines import NOTHING, byte_lines, lines_around
from grader.text.layout import LabelledRow, Setting, counted, cut
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.reporters.detail import Room
    from grader.text.style import Style

MOST_ACTS_CHOSEN = 4  # of the connections that a failure is about, each
ELSEWHERE = "use -v to see more"  # the acts before those
MOST_ACTS_VERBOSE = 200
MOST_LINES_VERBOSE = 60
_CARRIES_BYTES = frozenset({Direction.SENT, Direction.RECEIVED})


class Act(Value, frozen=True):
    """What one side did on one connection without a break: bytes in a row are one act.
    left_out: how many bytes followed that were not kept."""

    connection: int
    direction: Direction
    by: str
    at_s: float
    data: bytes
    left_out: int = 0


def acts(entries: Sequence[Entry]) -> list[Act]:
    """The entries of a transcript, joined where they are one side's bytes in a row; a datagram is
    never joined with another one."""

    def side(at: tuple[int, Entry]) -> tuple[int, Direction, str, int]:
        number, entry = at
        return entry.connection, entry.direction, entry.by, number if entry.whole else -1

    return [_act([entry for _, entry in run]) for _, run in groupby(enumerate(entries), key=side)]


def last_received(entries: Sequence[Entry]) -> bytes:
    """What came last: the bytes of the last act that was received."""
    return next(
        (act.data for act in reversed(acts(entries)) if act.direction is Direction.RECEIVED),
        b"",
    )


def exchange_rows(
    entries: Sequence[Entry],
    room: Room,
    *,
    offset: int | None = None,
    chosen: Sequence[int] = (),
) -> list[LabelledRow]:
    """The last acts, one row each; `offset` puts a caret into what was received last.

    Left out are openings and the grader's own closings. Connections are numbered when there are
    several. chosen: those that are shown; all where there is none.
    """
    every = [act for act in acts(entries) if _tells(act)]
    told = _chosen(every, chosen) if chosen else every
    last = next((act for act in reversed(told) if act.direction is Direction.RECEIVED), None)
    numbered = len({entry.connection for entry in entries}) > 1
    rows = [
        _row(act, room, numbered=numbered, offset=offset if act is last else None)
        for act in told[_first_shown(told, room.detail.acts) :]
    ]
    return [
        *_left_out(len(every) - len(rows), "other" if chosen else "earlier"),
        *_with_silence(rows, told),
        *_idle(entries, every),
    ]


def _first_shown(told: Sequence[Act], most: int) -> int:
    """The index of the first act that is shown: what was sent last is always among them."""
    sent = [at for at, act in enumerate(told) if act.direction is Direction.SENT]
    return max(0, min([len(told) - most, *sent[-1:]]))


def _chosen(every: Sequence[Act], numbers: Sequence[int]) -> list[Act]:
    """The last acts on each of these connections, in their order."""
    last = {
        id(act)
        for number in numbers
        for act in [act for act in every if act.connection == number][-MOST_ACTS_CHOSEN:]
    }
    return [act for act in every if id(act) in last or act.direction is Direction.SIGNAL]


def timeline(entries: Sequence[Entry], style: Style, width: int) -> tuple[str, ...]:
    """Every act with its time, its size and its bytes: the transcript as -v shows it."""
    every = acts(entries)
    shown = every[-MOST_ACTS_VERBOSE:]
    earlier = len(every) - len(shown)
    lines = [line for act in shown for line in _timed(act, style, width)]
    note = [f"({counted(earlier, 'earlier event')})"] if earlier else []
    return (*note, *lines)


def _act(run: list[Entry]) -> Act:
    first = run[0]
    return Act(
        first.connection,
        first.direction,
        first.by,
        first.at_s,
        b"".join(entry.data for entry in run),
        sum(entry.left_out for entry in run),
    )


def _tells(act: Act) -> bool:
    if act.direction is Direction.CLOSED:
        return act.by != "grader"
    return act.direction is not Direction.OPENED


def _row(act: Act, room: Room, *, numbered: bool, offset: int | None) -> LabelledRow:
    if act.direction is Direction.SIGNAL:
        return LabelledRow("signal", (signalled(act),))
    label = f"#{act.connection} {act.direction}" if numbered else str(act.direction)
    if act.direction not in _CARRIES_BYTES:
        return LabelledRow(label, (f"{_doer(act, room.style)}, after {act.at_s:.3f} s",))
    width, detail = room.width, room.detail
    if offset is None:
        most = detail.sent if act.direction is Direction.SENT else detail.lines
        lines = byte_lines(act.data, width, at_most=most, more=act.left_out)
        return LabelledRow(label, lines, Setting.BYTES)
    after = min(2, detail.around)
    hidden = (0, act.left_out)
    lines = lines_around(act.data, offset, width, before=detail.around, after=after, hidden=hidden)
    return LabelledRow(label, lines, Setting.POINTED)


def _left_out(count: int, which: str) -> list[LabelledRow]:
    note = f"({counted(count, f'{which} event')}: {ELSEWHERE})"
    return [LabelledRow("", (note,))] if count else []


def _with_silence(rows: list[LabelledRow], told: list[Act]) -> list[LabelledRow]:
    """`rows`, which say when something was sent and nothing came, before they say how it ended."""
    directions = [act.direction for act in told[-len(rows) :]]
    if Direction.SENT not in directions or any(act.direction is Direction.RECEIVED for act in told):
        return rows
    after = len(directions) - directions[::-1].index(Direction.SENT)
    return [*rows[:after], LabelledRow("received", (NOTHING,)), *rows[after:]]


def _idle(entries: Sequence[Entry], told: list[Act]) -> list[LabelledRow]:
    count = len({entry.connection for entry in entries} - {act.connection for act in told})
    what = "other connection was" if count == 1 else "other connections were"
    return [LabelledRow("", (f"({count} {what} opened and left silent)",))] if count else []


def _timed(act: Act, style: Style, width: int) -> list[str]:
    if act.direction is Direction.SIGNAL:
        return [f"{act.at_s:.3f} s  {signalled(act)}"]
    head = f"{act.at_s:.3f} s  #{act.connection} {act.direction}"
    if act.direction not in _CARRIES_BYTES:
        return [f"{head} {_doer(act, style)}"]
    lines = byte_lines(act.data, width - 2, at_most=MOST_LINES_VERBOSE, more=act.left_out)
    return [
        f"{head} {counted(len(act.data) + act.left_out, 'byte')}",
        *(f"  {line}" for line in lines),
    ]


_LONGEST_NAME: Final = 10
"""Of a signal: SIGVTALRM has nine letters."""


def signalled(act: Act) -> str:
    """That the program was sent a signal. The name is from a report, which may be anybody's."""
    name = act.data.decode("ascii", "replace")
    known = name.isalpha() and len(name) <= _LONGEST_NAME
    return f"{name if known else 'a signal'} to your program"


def _doer(act: Act, style: Style) -> str:
    return f"by the {cut(style.text(act.by), 20)}"
