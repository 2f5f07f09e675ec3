"""How to look at what a command by hand prints, or has written, so that one sees the fault. Pure.

A few bytes are shown whole: as text, or with od where text does not show the fault, as with a blank
at the end. Of many bytes, they are counted where too few came, and where two differ a few are shown
around that place. A right beginning shows nothing.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction
from grader.http1.recognise import WrongBytes
from grader.http1.wire import Framing
from grader.program.served_directory import first_difference
from grader.reproduce.choice import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.transcript import Entry

_FEW: Final = 300
"""Bytes: so many are shown whole."""

_BEFORE: Final = 16
_SHOWN: Final = 64


def at_file(failure: Failure, entries: Sequence[Entry]) -> str:
    """A command that shows the file that a failure is about; after a refusal, or where none is
    known, those that are there."""
    answers = [entry.data for entry in entries if entry.direction is Direction.RECEIVED]
    refused = bool(answers) and answers[-1][9:10] in (b"4", b"5")
    file = failure.file
    if file is None:
        return 'ls -l "$DIR"'
    place = shlex.quote(file) if file.startswith("/") else f'"$DIR"/{shlex.quote(file)}'
    listed = 'ls -l "$DIR"; ' if refused else ""
    if isinstance(failure, WrongBytes):
        return listed + _part(failure, 0).replace("{}", place, 1)
    return f"{listed}head -c {_FEW} {place} | od -c"


def is_about(failure: Failure | None, connection: int | None) -> bool:
    """Whether the answer that is wrong came on this connection, as far as that is known."""
    answer = failure.response if isinstance(failure, WrongBytes) else None
    return answer is None or answer.connection in (0, connection)


def is_of_the_body(failure: Failure | None) -> bool:
    """Whether the body alone shows the fault, best without the head before it."""
    return (
        isinstance(failure, WrongBytes)
        and failure.subject == "body"
        and failure.response is not None
        and failure.response.header("Content-Encoding") is None
        and not (_are_few(failure) and _is_seen_in_text(failure))
    )


def at_answer(failure: Failure | None, entries: Sequence[Entry], *, body_alone: bool) -> str:
    """What follows the client's command in a pipe. body_alone: the command prints no head, and no
    chunks."""
    if is_of_the_body(failure) and isinstance(failure, WrongBytes) and failure.response:
        if body_alone:
            return " | " + _part(failure, 0).replace(" {}", "", 1)
        if failure.response.framing is not Framing.CHUNKED:
            before = failure.response.start + len(failure.response.head)
            return " | " + _part(failure, before).replace(" {}", "", 1)
    if failure is not None and failure.kind is Kind.MALFORMED and _is_in_a_blank(failure):
        return f" | head -c {_FEW} | od -c"
    return readable(entries, failure.kind if failure else None)


def _part(wrong: WrongBytes, before: int) -> str:
    """A command over `{}` that shows where the bytes go wrong. before: what precedes them there."""
    at = first_difference(wrong.wanted, wrong.found)
    if at == len(wrong.found) and not _are_few(wrong):
        return f"tail -c +{before + 1} {{}} | wc -c" if before else "wc -c {}"
    if _are_few(wrong):
        return f"tail -c +{before + 1} {{}} | od -c" if before else "od -c {}"
    first = before + max(0, at - _BEFORE) + 1
    if first == 1:
        return f"head -c {_SHOWN} {{}} | od -c"
    return f"tail -c +{first} {{}} | head -c {_SHOWN} | od -c"


def _are_few(wrong: WrongBytes) -> bool:
    return max(len(wrong.found), len(wrong.wanted)) <= _FEW


def _is_seen_in_text(wrong: WrongBytes) -> bool:
    at = first_difference(wrong.wanted, wrong.found)
    return not any(map(_is_blank, (wrong.found[at : at + 1], wrong.wanted[at : at + 1])))


def _is_in_a_blank(failure: Failure) -> bool:
    """Whether what is marked, or stands before it, is a blank, a line end or a control."""
    came, at = failure.actual, failure.offset
    if not isinstance(came, bytes) or at is None:
        return False
    return any(map(_is_blank, (came[max(0, at - 1) : at], came[at : at + 1])))


def _is_blank(byte: bytes) -> bool:
    return bool(byte) and (byte[0] <= 0x20 or byte[0] == 0x7F)
