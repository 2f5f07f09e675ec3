"""Which clients of a transcript show a fault by hand, and whether commands do or a script has to.
Pure.

How it works. The connection on which something was sent last is the one that failed. Its bytes
become one command, and so do those of earlier connections that may be the cause: all of them when
they are few, else those about the same subject.

Why so. A learner has to be able to paste it, see the fault, and change one thing. Commands in a row
can do that while clients come one after the other. Where connections are open at the same time, one
hangs up, or the end of a connection is the point, their order matters: then a script repeats it, a
line for each act. What no client can show (memory, descriptors, time) has no command at all.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.reproduce.parallel_clients import byte_by_byte, in_a_row
from grader.reproduce.printing import written
from grader.reproduce.script import script
from grader.reproduce.short_connections import sent_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MUCH = 128 * 1024
# How many earlier clients are shown, too: what they left behind may be the cause, above all when
# nothing comes.
_MOST_EARLIER: Mapping[Kind | None, int] = {Kind.SILENCE: 9, Kind.CLOSED: 9, Kind.EXIT: 9}
# What an answer is: it came, so that clients which had theirs before do not stand in the way.
_ANSWERED = frozenset({Kind.MISMATCH, Kind.MALFORMED, Kind.INCOMPLETE, Kind.FILES})
_CUT_SHORT = frozenset({Kind.INCOMPLETE, Kind.SILENCE, Kind.CLOSED})
_MANY_SHOWN = 2000  # bytes of an answer
_PARENT = "${DIR%/*}"  # DIR is the directory that `grade launch` names


def shown(
    entries: Sequence[Entry],
    port: int,
    kind: Kind | None,
    client: Callable[[Sequence[bytes], bool], str],
    subject: Callable[[Sequence[bytes]], bytes | None] = lambda _: None,
    *,
    about: int | None = None,
) -> str | None:
    """A command for the connection that the failure was seen on, with those of earlier ones that
    may be its cause. None where there is none: when nothing was sent, or when no command shows it,
    as with what a process holds or how long it thinks.

    client: the command that sends these pieces on one connection, and whether it is the one that
    the failure was seen on. subject: what they are about; of too many earlier clients only those on
    the same are shown. about: the connection whose end is shown at last, where that is not the one
    that did something last.
    """
    last = last_to_speak(entries)
    sent = sent_on(last, entries)
    if kind is Kind.RESOURCE and sum(map(len, sent)) < _MUCH:
        return None
    woven = _is_woven(entries, last) and not (kind in _ANSWERED and _one_after_the_other(entries))
    acts = {entry.direction for entry in entries} & {Direction.HALF_CLOSED, Direction.SIGNAL}
    order_matters = (
        kind is Kind.CONNECTION or woven or bool(acts) or _ended_by_leaving(kind, entries)
    )
    if order_matters or len(_others(entries, last)) > _MOST_EARLIER.get(kind, len(entries)):
        text = script(entries, port, ends=kind is Kind.CONNECTION, about=about)
        if text is None and kind is Kind.SILENCE and not woven:
            text = script(_without_answered(entries, last), port, ends=False)
        if text is not None or (order_matters and kind is not Kind.EXIT):
            return text
    if not sent:
        return None
    if (text := in_a_row(sent, port) or byte_by_byte(sent, port)) is not None:
        return text
    numbers = [*_earlier(entries, last, kind, subject), last]
    return "\n".join(client(sent_on(number, entries), number == last) for number in numbers)


def _earlier(
    entries: Sequence[Entry],
    last: int | None,
    kind: Kind | None,
    subject: Callable[[Sequence[bytes]], bytes | None],
) -> list[int]:
    """The earlier clients that are shown, too."""
    others = _others(entries, last)
    most = _MOST_EARLIER.get(kind, 0 if kind is None else 1)
    if len(others) <= most:
        return others
    about = subject(sent_on(last, entries))
    return [one for one in others if about and subject(sent_on(one, entries)) == about]


def _without_answered(entries: Sequence[Entry], last: int | None) -> Sequence[Entry]:
    """What the last client did, and those that left without an answer: what these have left behind
    is the likeliest cause."""
    answered = {it.connection for it in entries if it.direction is Direction.RECEIVED}
    return [it for it in entries if it.connection == last or it.connection not in answered]


def _others(entries: Sequence[Entry], last: int | None) -> list[int]:
    """All other clients that sent something, in the order in which they began."""
    spoken = [entry.connection for entry in entries if entry.direction is Direction.SENT]
    return [one for one in dict.fromkeys(spoken) if one != last]


def last_to_speak(entries: Sequence[Entry]) -> int | None:
    """The connection on which something was sent last."""
    return next(
        (entry.connection for entry in reversed(entries) if entry.direction is Direction.SENT), None
    )


def sent_on(connection: int | None, entries: Sequence[Entry]) -> list[bytes]:
    """What was sent on it, piece by piece; what was not kept is as long."""
    return [
        sent_data(entry)
        for entry in entries
        if entry.connection == connection and entry.direction is Direction.SENT
    ]


def _is_woven(entries: Sequence[Entry], talker: int | None) -> bool:
    """Whether other clients were still connected when the last one to speak spoke last."""
    if talker is None:
        return False
    last = max(number for number, entry in enumerate(entries) if entry.direction is Direction.SENT)
    over = {
        entry.connection
        for entry in entries[:last]
        if entry.direction in (Direction.CLOSED, Direction.RESET)
    }
    return bool({entry.connection for entry in entries[:last]} - over - {talker})


def _one_after_the_other(entries: Sequence[Entry]) -> bool:
    """Whether each client had its answer, or was gone, before the next one came."""
    came = [entry.connection for entry in entries]
    done = (Direction.RECEIVED, Direction.CLOSED, Direction.RESET)
    left = [
        entry for entry, following in pairwise(entries) if entry.connection != following.connection
    ]
    return len(left) < len(set(came)) and all(entry.direction in done for entry in left)


def _ended_by_leaving(kind: Kind | None, entries: Sequence[Entry]) -> bool:
    """Whether the program ended, and a client left before it had an answer, or reset its
    connection."""
    if kind is not Kind.EXIT:
        return False
    heard = {entry.connection for entry in entries if entry.direction is Direction.RECEIVED}
    return any(
        entry.by == "grader"
        and (
            entry.direction is Direction.RESET
            or (entry.direction is Direction.CLOSED and entry.connection not in heard)
        )
        for entry in entries
    )


def readable(entries: Sequence[Entry], kind: Kind | None = None) -> str:
    """What makes answers readable in a terminal. Of a long one whose end is missing, only how long
    it is can be seen."""
    came = [entry for entry in entries if entry.direction is Direction.RECEIVED]
    size = sum(len(it.data) + it.left_out for it in came if it.connection == came[-1].connection)
    if size > _MANY_SHOWN and kind in _CUT_SHORT:
        return " | wc -c"
    text = set(b"\t\r\n") | set(range(32, 127))
    plain = size <= _MANY_SHOWN and all(text.issuperset(entry.data) for entry in came)
    return "" if plain else f" | head -c {_MANY_SHOWN} | cat -v"


def netcat(pieces: Sequence[bytes], port: int) -> str:
    """What was sent, piece by piece with a pause between them. So much that it had to be sent in
    many pieces is sent at once.

    Behind it the input stays open for a second: most netcats (ncat, busybox, macOS) tell the server
    about its end, which is not what happened. Then two seconds without a byte are the end, for
    those that would wait for ever.
    """
    if sum(map(len, pieces)) > _MUCH:
        pieces = [b"".join(pieces)]
    prints = "; sleep 0.3; ".join(written(piece) for piece in pieces if piece) or ":"
    return f"({prints}; sleep 1) | nc -w 2 localhost {port}"


def in_its_own_directory(line: str, root: str | None) -> str:
    """The command with the directory of its own launch in place of the one that is gone."""
    if not root:
        return line
    while (found := line.find(root)) >= 0:
        quoted = line.count("'", 0, found) % 2
        place = f"'\"{_PARENT}\"'" if quoted else f'"{_PARENT}"'
        line = line[:found] + place + line[found + len(root) :]
    return line
