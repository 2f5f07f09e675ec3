"""Which failures have the same cause, so that one of them explains them all. Pure.

`cause_of` gives a word: two failures have the same cause when they have the same word. It is made
from what was found, without what was drawn at random: the exception and its line, or what wrong
bytes were recognised as, or the problem, what was expected and the hint; and from the beginning of
what was sent and of what came. Where failures of one cause get different words, both are explained,
which does no harm. So in doubt a word holds more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.check.failure import Kind
from grader.check.transcript import Direction

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.check.failure import Failure
    from grader.check.transcript import Entry

LONGEST = 1000
_DRAWN = "*"
_FIRST_LINE, _HEAD = 200, 500  # bytes
_WAITS = frozenset({Kind.SILENCE, Kind.INCOMPLETE})
"""What a server waits for depends on all of the request, not on the line where it waits."""

_BEGINNING = re.compile(r"\S* ?/?[^\s/]*")  # the first word, and the second up to its second slash


def cause_of(failure: Failure, entries: Sequence[Entry], drawn: Collection[str] = ()) -> str:
    """The word for what this failure comes from. drawn: the words that were drawn for its check."""
    if failure.at and failure.kind not in _WAITS:
        file, line = failure.at
        place = f"{file}:{line}"
        # what follows the place is the exception's message, which may quote anything
        found = [place, _without(drawn, failure.summary.partition(place)[0])]
    elif failure.cause and failure.kind in _WAITS:
        found = [failure.cause]  # it waits for the same thing, whatever was asked
    else:
        found = [*_problem(failure, drawn), *_first_lines(failure, entries, drawn)]
    return " | ".join([str(failure.kind), *found])[:LONGEST]


def _problem(failure: Failure, drawn: Collection[str]) -> list[str]:
    """What is wrong; a recognised problem says all by its own word."""
    if failure.cause:
        return [failure.cause]
    expected = failure.expected if isinstance(failure.expected, str) else ""
    return [_without(drawn, text) for text in (failure.summary, expected, *failure.hints)]


def _first_lines(failure: Failure, entries: Sequence[Entry], drawn: Collection[str]) -> list[str]:
    """The first line sent on the last connection that was used, and the first that came on it. Of
    what was sent, the beginning is enough where the problem is recognised; all lines up to an empty
    one count where the server waits."""
    number = next(
        (it.connection for it in reversed(entries) if it.direction is Direction.SENT), None
    )
    of_it = [it for it in entries if it.connection == number]
    asked, answered = (
        b"".join(it.data for it in of_it if it.direction is way)
        for way in (Direction.SENT, Direction.RECEIVED)
    )
    sent, came = _first_line(asked), _first_line(answered)
    if failure.kind in _WAITS:
        sent = asked[:_HEAD].partition(b"\r\n\r\n")[0].decode("latin-1")
    found = _BEGINNING.match(sent) if failure.cause else None
    return [_without(drawn, found[0] if found else sent), _without(drawn, came)]


def _first_line(data: bytes) -> str:
    return data[:_FIRST_LINE].partition(b"\n")[0].strip().decode("latin-1")


def _without(drawn: Collection[str], text: str) -> str:
    """The text with a mark in place of each word that was drawn; the longest first, for one may be
    a part of another."""
    words = sorted(filter(None, drawn), key=len, reverse=True)
    pattern = "|".join(map(re.escape, words))
    return re.sub(pattern, _DRAWN, text) if words else text
