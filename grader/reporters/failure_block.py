"""Owns the block that explains a failed check: what is wrong, what was sent, how to see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.failure import Kind
from grader.report.model import CheckReport, FailureDetail
from grader.reporters.byte_lines import LEAST_WIDTH, byte_lines, lines_around
from grader.reporters.detail import FULL, Detail, Room
from grader.reporters.exchange import ELSEWHERE, exchange_rows, last_received, timeline
from grader.reporters.program_output import ends_with_an_error_of, last_lines
from grader.text.layout import LabelledRow, Setting, columns, cut, wrap
from grader.text.style import ALL_HINTS, Style

if TYPE_CHECKING:
    from grader.check.transcript import Entry

INDENT = 5
LONGEST_COMMAND = 2000
_FEW_LINES = 3  # of output: an error that the sentence has needs none
HINT = "hint"
_EXPECTED, _ACTUAL = "expected", "but got"
_NO_ANSWER = "no answer"
_LEAST_LABEL = len("received") + 2
_WIDEST_LABEL = len("#999 received") + 1  # what is left of 80 columns is enough for bytes
_SAYS_NOTHING_PRINTED = frozenset({Kind.START, Kind.EXIT})

Section = Callable[[CheckReport, FailureDetail, Room], list[LabelledRow]]


def failure_block(
    check: CheckReport,
    style: Style,
    *,
    detail: Detail = FULL,
    wanted: str = "expected",
    found: str = "but got",
) -> list[str]:
    """The lines below a failed check's own, none wider than `style.width` but the command to repeat
    it, and bytes where that is too narrow for them.

    wanted, found: the labels of what should have come and of what did, at most 9 columns.
    """
    failure = check.failure
    if failure is None:
        return []
    label = _label_width(check.transcript, style)
    width = style.width - INDENT - label
    names = {_EXPECTED: wanted, _ACTUAL: found}
    rows = [
        replace(row, label=names.get(row.label, row.label))
        for row in failure_rows(check, style, max(width, LEAST_WIDTH), detail)
    ]
    lines = [line for row in rows for line in _beside(row, label, width, style)]
    return ["", *lines, ""]


def failure_text(check: CheckReport, *, width: int = 80) -> str:
    """The same block as text without colours, with its hint: for formats of reports that carry one
    explanation. It is made from what a report has, one that was read back, too; so no report has to
    carry it, at one width of many."""
    lines = failure_block(check, Style(width, hints=ALL_HINTS))
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def failure_rows(
    check: CheckReport, style: Style, width: int, detail: Detail = FULL
) -> list[LabelledRow]:
    """What explains a failed check, row by row: bytes in lines of at most `width` columns, prose
    not yet wrapped."""
    failure = check.failure
    if failure is None:
        return []
    room = Room(style, width, detail)
    return [row for section in _SECTIONS for row in section(check, failure, room)]


def source(check: CheckReport, style: Style) -> str:
    """Which check it is, where its rule is written, how long it took: the line below the
    requirement."""
    cite = (check.failure and check.failure.cite) or check.cite
    took = f", {check.duration_s:.2f} s" if style.verbose and not check.hidden else ""
    return style.text(f"{check.id} ({cite}){took}" if cite else check.id + took)


def _label_width(entries: tuple[Entry, ...], style: Style) -> int:
    """The columns of the labels: wider with numbers of connections, as with -v."""
    numbers = {entry.connection for entry in entries}
    number = len(f"#{max(numbers)} ") if len(numbers) > 1 and not style.verbose else 0
    return min(_LEAST_LABEL + number, _WIDEST_LABEL)


def _beside(row: LabelledRow, label: int, width: int, style: Style) -> list[str]:
    is_prose = row.setting is Setting.PROSE
    lines = [line for text in row.lines for line in wrap(text, width)] if is_prose else row.lines
    name = cut(row.label, label - 1)
    if row.setting is Setting.FLUSH:
        return [" " * INDENT + style.paint(name, None, bold=True), *row.lines]
    first = " " * INDENT + style.paint(name, None, bold=True) + " " * (label - len(name)) + lines[0]
    return [first, *(" " * (INDENT + label) + line for line in lines[1:])]


def _problem(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    return [_prose("problem", failure.summary, room.style)]


def _exchange(check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    if room.style.verbose:
        return (
            [LabelledRow("exchange", timeline(check.transcript, room.style, room.width))]
            if check.transcript
            else []
        )
    is_shown = _is_all(check, failure) or _is_shown(check, failure, room)
    offset = failure.offset if is_shown else None
    chosen = failure.connections
    return exchange_rows(check.transcript, room, offset=offset, chosen=chosen)


def _decoded(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    said = [room.style.text(line) for line in failure.decoded]
    return [LabelledRow("decoded", tuple(said), Setting.PROSE)] if said else []


def _expected(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    return _value(_EXPECTED, failure, failure.expected, failure.expected_size, room)


def _actual(check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    if not room.style.verbose and (_is_all(check, failure) or _is_shown(check, failure, room)):
        return []
    found = failure.actual
    if isinstance(found, str) and room.detail.prose is not None:
        came = bool(_came_last(check, failure))
        return [_prose(_ACTUAL, _in_short(found, room, came=came), room.style)]
    return _value(_ACTUAL, failure, found, failure.actual_size, room)


def _in_short(text: str, room: Room, *, came: bool) -> str:
    """The first of the statements, each with the line of source below it, that there is room for.
    Where no answer came, the row of what was received has said so."""
    first, *rest = statements = re.split(r"\n(?! )", text)
    if rest and first == _NO_ANSWER and not came:
        statements = rest
    taken = accumulate(
        sum(len(wrap(line, room.width)) for line in it.split("\n")) for it in statements
    )
    fit = sum(lines <= (room.detail.prose or 0) for lines in taken)
    return "\n".join(statements[: max(fit, 1)])


def _hint(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    """The steps that are wanted, each on lines of its own, with its number where it is not the only
    one that is shown."""
    shown = failure.hints[: room.style.hints]
    if len(shown) > 1:
        shown = tuple(f"{number}. {step}" for number, step in enumerate(shown, 1))
    return [_prose(HINT, "\n".join(shown), room.style)] if any(shown) else []


def _launch(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    if not failure.launch or (failure.reproduce and not _fits(failure.reproduce, room)):
        return []
    return [LabelledRow("launch", (room.style.text(failure.launch),))]


def _by_hand(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    command = failure.reproduce
    if not command:
        return []
    if len(command) > LONGEST_COMMAND:
        return [
            LabelledRow(
                "by hand",
                (f"(a command of {len(command)} characters: see it with --report json:PATH)",),
            )
        ]
    if not _fits(command, room):
        return [LabelledRow("by hand", (f"({ELSEWHERE})",))] if room.detail.command else []
    lines = tuple(room.style.text(command, keep="\n").split("\n"))
    # A script that is pasted with the block's own blanks before its lines is none.
    setting = Setting.FLUSH if "<<'END'\n" in command else Setting.PLAIN
    return [LabelledRow("by hand", lines, setting)]


def _fits(command: str, room: Room) -> bool:
    """Whether the commands take no more lines of a screen than there is room for."""
    most = room.detail.command
    taken = (-(-columns(line) // room.width) or 1 for line in command.split("\n"))
    return most is None or sum(taken) <= most


def _output(_check: CheckReport, failure: FailureDetail, room: Room) -> list[LabelledRow]:
    tail = failure.output_tail
    if not tail:
        silent = failure.kind in _SAYS_NOTHING_PRINTED
        return [LabelledRow("output", ("(your program printed nothing)",))] if silent else []
    most = room.detail.output
    if most <= _FEW_LINES and ends_with_an_error_of(failure.summary, tail):
        return []
    return [LabelledRow("output", last_lines(tail, room.style, room.width, most))]


_SECTIONS: tuple[Section, ...] = (
    _problem,
    _exchange,
    _decoded,
    _expected,
    _actual,
    _hint,
    _launch,
    _by_hand,
    _output,
)


def _is_all(check: CheckReport, failure: FailureDetail) -> bool:
    """Whether `actual` is what was received last, or its beginning, so that one row can show
    both."""
    if failure.skipped:
        return False
    actual, came = failure.actual, _came_last(check, failure)
    if isinstance(actual, bytes) and failure.offset is not None and len(actual) < len(came):
        return bool(actual) and came.startswith(actual)
    return bool(actual) and actual == came


def _is_shown(check: CheckReport, failure: FailureDetail, room: Room) -> bool:
    """Whether `actual` is the beginning of what was received last, where there is little room."""
    found = failure.actual
    if room.detail == FULL or failure.skipped or not found or not isinstance(found, bytes):
        return False
    return _came_last(check, failure).startswith(found)


def _came_last(check: CheckReport, failure: FailureDetail) -> bytes:
    """What was received last on the connections that are shown."""
    chosen = failure.connections
    return last_received([it for it in check.transcript if not chosen or it.connection in chosen])


def _prose(label: str, text: str, style: Style) -> LabelledRow:
    return LabelledRow(label, tuple(style.text(text, keep="\n").split("\n")), Setting.PROSE)


def _value(
    label: str, failure: FailureDetail, value: str | bytes | None, size: int | None, room: Room
) -> list[LabelledRow]:
    """What was expected or what came: prose is wrapped, bytes are escaped, around the one that
    is wrong. size: how many there were."""
    if value is None:
        return []
    if isinstance(value, str):
        return [_prose(label, value, room.style)]
    width, detail, skipped = room.width, room.detail, failure.skipped
    more = max(0, (size or 0) - skipped - len(value))
    if failure.offset is None:
        lines = byte_lines(value, width, at_most=detail.lines, more=more)
        return [LabelledRow(label, lines, Setting.BYTES)]
    before = min(2, detail.around)
    lines = lines_around(
        value, max(0, failure.offset - skipped), width, before=before, after=before,
        caret=label == _ACTUAL, hidden=(skipped, more),
    )  # fmt: skip
    return [LabelledRow(label, lines, Setting.POINTED)]
