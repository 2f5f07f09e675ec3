"""Which connections of a check its failure is about: the rest of its transcript tells a reader
nothing. Pure.

A wrong answer is about the connection that it came on, about earlier clients that asked for the
same, and about the one whose text it has. Where nothing comes, the cause may be anywhere: then
those that no sentence names are left out only where there is much to show.
"""

from __future__ import annotations

import re
from itertools import chain, groupby
from typing import TYPE_CHECKING, Final

from grader.check.failure import Kind
from grader.check.transcript import Direction
from grader.http1.recognise import WrongBytes, WrongStatus
from grader.http1.wire import request_line
from grader.reproduce.choice import last_to_speak, sent_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.failure import Failure
    from grader.check.transcript import Entry

_WRONG: Final = frozenset({Kind.MISMATCH, Kind.MALFORMED, Kind.FILES})
_FEW: Final = 6
"""What one side said on one connection without a break is one of them."""

_MOST_ALIKE: Final = 1
_LEAST_TEXT: Final = 3
_MOST_TEXT: Final = 200  # bytes that are looked for
_NAMED: Final = re.compile(r"\bconnections? (\d+(?:(?:, | and | to )\d+)*)")


def connections(failure: Failure, entries: Sequence[Entry]) -> tuple[int, ...]:
    """Their numbers; empty where all are to be shown."""
    sent = {
        number: b"".join(sent_on(number, entries))
        for number in dict.fromkeys(it.connection for it in entries if _is_sent(it))
    }
    own = _failed_on(failure, entries, sent) if sent else None
    if own not in sent:
        return ()
    if failure.kind in _WRONG and isinstance(failure.actual, bytes):
        return tuple(sorted({own, *_alike(own, sent), *_source(failure, own, sent)}))
    return tuple(sorted({own, *_named(failure)})) if _are_many(entries) else ()


def _are_many(entries: Sequence[Entry]) -> bool:
    """Whether more was said than a reader wants to see."""
    said = [it for it in entries if it.direction in (Direction.SENT, Direction.RECEIVED)]
    acts = groupby(said, key=lambda it: (it.connection, it.direction))
    return sum(1 for _ in acts) > _FEW


def _is_sent(entry: Entry) -> bool:
    return entry.direction is Direction.SENT and bool(entry.data)


def _failed_on(failure: Failure, entries: Sequence[Entry], sent: dict[int, bytes]) -> int | None:
    """Where the wrong answer came, the file was sent, or no answer comes."""
    if failure.connection is not None:
        return failure.connection
    if isinstance(failure, WrongBytes | WrongStatus) and failure.response is not None:
        return failure.response.connection
    if isinstance(failure, WrongBytes) and failure.wanted:
        return next((it for it in sent if failure.wanted[:_MOST_TEXT] in sent[it]), None)
    if failure.kind in _WRONG:
        return last_to_speak(entries)
    last = entries[-1]
    came = last.direction is Direction.RECEIVED
    if last.by != "grader" and (not came or failure.kind is Kind.INCOMPLETE):
        return last.connection
    answered = {it.connection for it in entries if it.direction is Direction.RECEIVED}
    left = {it.connection for it in entries if it.direction is Direction.CLOSED}
    waiting = [it for it in sent if it not in answered]
    waits_still = (it for it in waiting if it not in left)
    return next(chain(waits_still, waiting), last_to_speak(entries))


def _alike(own: int, sent: dict[int, bytes]) -> list[int]:
    """The last before it that asked for the same."""
    target = request_line(sent[own]).target
    if target in (b"", b"/"):
        return []
    before = [number for number in sent if number < own]
    return [it for it in before if request_line(sent[it]).target == target][-_MOST_ALIKE:]


def _source(failure: Failure, own: int, sent: dict[int, bytes]) -> list[int]:
    """The client whose text came instead."""
    if not isinstance(failure, WrongBytes) or len(failure.found) < _LEAST_TEXT:
        return []
    text = failure.found[:_MOST_TEXT]
    if text in sent[own]:
        return []
    return [number for number in sent if text in sent[number]][:1]


def _named(failure: Failure) -> list[int]:
    """Those that the sentences name: a thread waits on connection 1."""
    actual = failure.actual if isinstance(failure.actual, str) else ""
    told = f"{failure.summary}\n{actual}".replace("\n", " ")
    return [int(number) for names in _NAMED.findall(told) for number in re.findall(r"\d+", names)]
