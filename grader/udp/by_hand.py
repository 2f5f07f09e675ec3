"""What shows a fault of a UDP server by hand: a few lines of Python, in the order of the check.
Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.check.transcript import Direction
from grader.reproduce.printing import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.check.transcript import Entry

_MOST_LINES = 24
_LONGEST = 2000
_TIMEOUT_S = 5


def script(
    entries: Sequence[Entry], port: int, *, anywhere: bool = False, ended: bool = False
) -> str | None:
    """What the clients did. None where nothing was sent, or when it is too much to be read.

    anywhere: the sockets take answers from any address, and show it. ended: the program ended, and
    a client that left may be why.
    """
    entries = _once(entries)
    if not any(entry.direction is Direction.SENT for entry in entries):
        return None
    gone = _gone(entries, ended=ended)
    acts = [
        line
        for entry in entries
        if entry.direction is not Direction.CLOSED or entry.connection in gone
        for line in _act(entry, port, anywhere=anywhere)
    ]
    receive = "recvfrom" if anywhere else "recv"
    sent, came = (_count(entries, way) for way in (Direction.SENT, Direction.RECEIVED))
    acts += [
        f"print(c{number}.{receive}(65535))  # TimeoutError when nothing comes"
        for number in sent
        if sent[number] > came[number] and number not in gone
    ]
    text = "\n".join(["python3 - <<'END'", "import socket", *acts, "END"])
    return text if len(acts) <= _MOST_LINES and len(text) <= _LONGEST else None


def _once(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Without what was sent again because no answer had come."""
    kept: list[Entry] = []
    before: dict[int, tuple[Direction, bytes]] = {}
    for entry in entries:
        act = entry.direction, entry.data
        if entry.direction is not Direction.SENT or before.get(entry.connection) != act:
            kept.append(entry)
        before[entry.connection] = act
    return kept


def _gone(entries: Sequence[Entry], *, ended: bool) -> set[int]:
    """The clients that had left when another one sent something, or when the program ended."""
    last = max(at for at, it in enumerate(entries) if it.direction is Direction.SENT)
    last = len(entries) if ended else last
    return {it.connection for it in entries[:last] if it.direction is Direction.CLOSED}


def _count(entries: Sequence[Entry], way: Direction) -> Counter[int]:
    """How many datagrams each socket has sent, or received."""
    return Counter(entry.connection for entry in entries if entry.direction is way)


def _act(entry: Entry, port: int, *, anywhere: bool) -> Iterator[str]:
    client = f"c{entry.connection}"
    match entry.direction:
        case Direction.OPENED:
            connect = "" if anywhere else f'; {client}.connect(("localhost", {port}))'
            yield (
                f"{client} = socket.socket(type=socket.SOCK_DGRAM);"
                f" {client}.settimeout({_TIMEOUT_S}){connect}"
            )
        case Direction.SENT if anywhere:
            yield f'{client}.sendto({literal(entry.data)}, ("localhost", {port}))'
        case Direction.SENT:
            yield f"{client}.send({literal(entry.data)})"
        case Direction.RECEIVED:
            yield f"print({client}.recv(65535))"
        case Direction.CLOSED:
            yield f"{client}.close()"
