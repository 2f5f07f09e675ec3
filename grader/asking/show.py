"""What `grade ask` prints: the request, both answers beside each other, and what differs. Pure."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from grader.check.declaration import Level
from grader.engine.detail import detail_of
from grader.report.model import CheckReport, Verdict
from grader.reporters.failure_block import failure_block
from grader.text.escape import visible
from grader.text.layout import counted, hang, pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.asking.both_answers import BothAnswers
    from grader.check.failure import Failure
    from grader.text.style import Style

_MOST_LINES: Final = 40
_MOST_BYTES: Final = 4096
_BETWEEN: Final = " | "
_FREE: Final = "Other headers (Date, Server), their order and the reason phrase are free."
_NOT_A_FIELD: Final = {
    "answer": "Your server gives no whole answer.",
    "program": "Your server does not survive the request.",
}


def answer_lines(found: BothAnswers, style: Style, columns: int) -> list[str]:
    """The request and both answers: beside each other, or one below the other on a terminal with
    fewer than 80 columns."""
    sent = _titled("sent", _cell(found.sent, columns - 2), style)
    yours, reference = found.yours, found.reference
    if columns < 80:
        return [
            *sent,
            *_titled("your server", _cell(yours, columns - 2), style),
            *_titled("reference", _cell(reference, columns - 2), style),
        ]
    width = (columns - 2 - len(_BETWEEN)) // 2
    rows = zip_longest(_cell(yours, width), _cell(reference, width), fillvalue="")
    head = pad("your server", width) + _BETWEEN + "reference"
    beside = [f"  {pad(one, width)}{_BETWEEN}{other}".rstrip() for one, other in rows]
    return [*sent, style.paint(f"  {head}", None, bold=True), *beside, ""]


def verdict_lines(found: BothAnswers, output: bytes, style: Style) -> list[str]:
    """What the two answers have to agree in, and do not. output: the end of what the program has
    printed."""
    if found.difference is not None:
        field = found.difference.field
        says = _NOT_A_FIELD.get(field, f"The answers differ in the {field}.")
        return _explained(says, found.difference.failure, output, style)
    if found.failure is not None:
        return _explained(_NOT_A_FIELD["answer"], found.failure, output, style)
    if not found.fixed:
        says = "The course does not fix the answer to this request: the two may differ."
        return _marked("note", says, style)
    return _marked("passed", f"The answers agree in all that the course fixes. {_FREE}", style)


def refusal_lines(failure: Failure, output: bytes, style: Style) -> list[str]:
    """Why there is nothing to ask: the server does not start."""
    return _explained("Your server does not start.", failure, output, style)


def _explained(says: str, failure: Failure, output: bytes, style: Style) -> list[str]:
    """The failure as a grading shows it, without the exchange, which stands above."""
    detail = detail_of(failure, None, None, output)
    check = CheckReport("ask", says, says, "", Level.REQUIRED, Verdict.FAILED, failure=detail)
    block = failure_block(check, style, wanted="reference", found="yours")
    return [*_marked("failed", says, style), *block]


def _marked(name: str, text: str, style: Style) -> list[str]:
    first, *rest = hang(style.mark(name), style.text(text), style.width)
    return [style.marked(name, first), *rest]


def _titled(title: str, lines: Sequence[str], style: Style) -> list[str]:
    return [style.paint(f"  {title}", None, bold=True), *(f"  {line}" for line in lines), ""]


def _cell(data: bytes, width: int) -> list[str]:
    """The bytes, escaped and cut into lines: one for each LF at least, and only so many."""
    if not data:
        return ["(nothing)"]
    kept = data[:_MOST_BYTES]
    lines = [piece for line in kept.splitlines(keepends=True) for piece in _pieces(line, width)]
    if len(kept) == len(data) and len(lines) <= _MOST_LINES:
        return lines
    return [*lines[:_MOST_LINES], f"[{counted(len(data), 'byte')} in all]"]


def _pieces(line: bytes, width: int) -> Iterator[str]:
    """One line, in pieces of so many columns; no escape is cut, nor the line's end."""
    body, end = (line[:-2], line[-2:]) if line.endswith(b"\r\n") else (line, b"")
    piece = ""
    for token in (*(visible(body[at : at + 1]) for at in range(len(body))), visible(end)):
        if len(piece) + len(token) > width:
            yield piece
            piece = ""
        piece += token
    yield piece
