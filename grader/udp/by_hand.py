"""What shows a fault of a UDP server by hand: a few lines of Python, in the order of the check.
Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.check.transcript import Direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.check.transcript import Entry

_MOST_LINES = 24
_LONGEST = 2000
_TIMEOUT_S = 5


def script(entries: Sequence[Entry], port: int) -> str | None:
    """What the clients did. None where nothing was sent, or when it is too much to be read."""
    if not any(entry.direction is Direction.SENT for entry in entries):
        return None
    acts = [line for entry in entries for line in _act(entry, port)]
    sent, came = (_count(entries, way) for way in (Direction.SENT, Direction.RECEIVED))
    acts += [
        f"print(c{number}.recv(65535))  # TimeoutError when nothing comes"
        for number in sent
        if sent[number] > came[number]
    ]
    text = "\n".join(["python3 - <<'END'", "import socket", *acts, "END"])
    return text if len(acts) <= _MOST_LINES and len(text) <= _LONGEST else None


def _count(entries: Sequence[Entry], way: Direction) -> Counter[int]:
    """How many datagrams each socket has sent, or received."""
    return Counter(entry.connection for entry in entries if entry.direction is way)


def _act(entry: Entry, port: int) -> Iterator[str]:
    client = f"c{entry.connection}"
    match entry.direction:
        case Direction.OPENED:
            yield (
                f"{client} = socket.socket(type=socket.SOCK_DGRAM);"
                f' {client}.settimeout({_TIMEOUT_S}); {client}.connect(("localhost", {port}))'
            )
        case Direction.SENT:
            yield f"{client}.send({entry.data!r})"
        case Direction.RECEIVED:
            yield f"print({client}.recv(65535))"
