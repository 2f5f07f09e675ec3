"""Chooses what shows a fault by hand: curl, netcat, or a few lines of Python. Pure."""

from __future__ import annotations

import shlex
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.http1.reproduce.curl import curl
from grader.http1.reproduce.printing import written
from grader.http1.reproduce.script import script

if TYPE_CHECKING:
    from collections.abc import Sequence

_MUCH = 128 * 1024
_FILES = "/files/"
# How many earlier clients are shown, too: what they left behind may be the cause, above all when
# nothing comes.
_MOST_EARLIER = {Kind.SILENCE: 9, Kind.CLOSED: 9, Kind.EXIT: 9}
# What an answer is: it came, so that clients which had theirs before do not stand in the way.
_ANSWERED = frozenset({Kind.MISMATCH, Kind.MALFORMED, Kind.INCOMPLETE, Kind.FILES})
_PARENT = "${DIR%/*}"  # DIR is the directory that `grade launch` names


def command(
    entries: Sequence[Entry],
    port: int,
    *,
    raw: bool,
    kind: Kind | None = None,
    root: str | None = None,
) -> str | None:
    """A command for the connection that the failure was seen on. None where there is none: when
    nothing was sent, or when no command shows it, as with what a process holds or how long it
    thinks.

    raw: the fault is in bytes or in the connection, which curl would hide. root: the directory that
    holds the served one, as it was then.
    """
    last = _last_to_speak(entries)
    sent = _sent_on(last, entries)
    if kind is Kind.RESOURCE and sum(map(len, sent)) < _MUCH:
        return None
    woven = _is_woven(entries, last) and not (kind in _ANSWERED and _one_after_the_other(entries))
    half = any(entry.direction is Direction.HALF_CLOSED for entry in entries)
    if kind is Kind.CONNECTION or woven or half or (kind is Kind.EXIT and _hangs_up(entries)):
        return script(entries, port, ends=kind is Kind.CONNECTION)
    if not sent:
        return None
    looked = _looked_at(sent, entries) if kind is Kind.FILES else ""
    lines = [
        _client(_sent_on(number, entries), entries, port, kind, raw=raw)
        for number in [*_earlier(entries, last, kind), last]
    ]
    return _elsewhere("\n".join(lines) + looked, root)


def _earlier(entries: Sequence[Entry], last: int | None, kind: Kind | None) -> list[int]:
    """The earlier clients that are shown, too: of too many only those that asked for the same."""
    spoken = [entry.connection for entry in entries if entry.direction is Direction.SENT]
    others = [one for one in dict.fromkeys(spoken) if one != last]
    most = _MOST_EARLIER.get(kind, 1) if kind is not None else 0
    if len(others) <= most:
        return others
    target = _target(_sent_on(last, entries))
    return [one for one in others if target and _target(_sent_on(one, entries)) == target]


def _client(
    sent: Sequence[bytes], entries: Sequence[Entry], port: int, kind: Kind | None, *, raw: bool
) -> str:
    """The command for one connection."""
    line = None if raw or len(sent) > 1 else curl(sent[0], port, *_options(kind, entries))
    return (line or netcat(sent, port)) + _binary(entries)


def _target(sent: Sequence[bytes]) -> bytes | None:
    """What the first request on a connection is about: what was stored or asked there earlier may
    be the cause."""
    words = b"".join(sent).partition(b"\r\n")[0].split(b" ")
    return words[1] if len(words) == 3 and words[1] != b"/" else None


def _last_to_speak(entries: Sequence[Entry]) -> int | None:
    return next(
        (entry.connection for entry in reversed(entries) if entry.direction is Direction.SENT), None
    )


def _sent_on(connection: int | None, entries: Sequence[Entry]) -> list[bytes]:
    return [
        entry.data + b"x" * entry.left_out
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


def _hangs_up(entries: Sequence[Entry]) -> bool:
    """Whether a client left before it had an answer, or reset its connection."""
    heard = {entry.connection for entry in entries if entry.direction is Direction.RECEIVED}
    return any(
        entry.by == "grader"
        and (
            entry.direction is Direction.RESET
            or (entry.direction is Direction.CLOSED and entry.connection not in heard)
        )
        for entry in entries
    )


def _options(kind: Kind | None, entries: Sequence[Entry]) -> list[str]:
    """curl waits for ever unless told otherwise, and shows how far it is outside of a terminal."""
    return [*(["-m 5"] if kind is Kind.SILENCE else []), *(["-sS"] if _binary(entries) else [])]


def _binary(entries: Sequence[Entry]) -> str:
    """What makes an answer readable in a terminal."""
    text = set(b"\t\r\n") | set(range(32, 127))
    plain = all(
        text.issuperset(entry.data) for entry in entries if entry.direction is Direction.RECEIVED
    )
    return "" if plain else " | head -c 2000 | cat -v"


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


def _looked_at(sent: Sequence[bytes], entries: Sequence[Entry]) -> str:
    """The file that the request names, as it is afterwards; after a refusal, also the others."""
    words = b"".join(sent).partition(b"\r\n")[0].split(b" ")
    target = words[1].decode("ascii", "replace") if len(words) > 1 else ""
    answers = [entry.data for entry in entries if entry.direction is Direction.RECEIVED]
    refused = bool(answers) and answers[-1][9:10] in (b"4", b"5")
    listed = '; ls -l "$DIR"' if refused or not target.startswith(_FILES) else ""
    if not target.startswith(_FILES):
        return listed
    name = unquote_to_bytes(target.removeprefix(_FILES)).decode(errors="replace")
    place = shlex.quote(name) if name.startswith("/") else f'"$DIR"/{shlex.quote(name)}'
    return f"{listed}; head -c 300 {place} | od -c"


def _elsewhere(line: str, root: str | None) -> str:
    """The command with the directory of its own launch in place of the one that is gone."""
    if not root:
        return line
    while (found := line.find(root)) >= 0:
        quoted = line.count("'", 0, found) % 2
        place = f"'\"{_PARENT}\"'" if quoted else f'"{_PARENT}"'
        line = line[:found] + place + line[found + len(root) :]
    return line
