"""What is measured, in which order, and with which names. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YOURS: Final = "yours"
FORMS: Final = ("blocking", "threaded", "streams", "protocol")
"""The ways in which the reference can serve; `python -m reference --server FORM`."""

SERVERS: Final = (YOURS, *FORMS)
CONNECTIONS: Final = (1, 8, 64, 256)
MOST_CONNECTIONS: Final = 1024
SECONDS: Final = 1
ROUNDS: Final = 2
"""How often each measurement is made: two that differ show how little one of them says."""

FILE_BYTES: Final = 4 << 20


class Route(Value, frozen=True):
    """What is asked for. name: in tables and reports. path: with `{name}` for a file's. words: in a
    sentence."""

    name: str
    path: str
    words: str


FAST: Final = Route("/", "/", "/")
SLOW: Final = Route("file", "/files/{name}", "the 4 MiB file")
ROUTES: Final = (FAST, SLOW)


class Turn(Value, frozen=True):
    """One server's turn: it is launched, measured on each route, and ended."""

    connections: int
    round: int
    server: str


class BenchPlan(Value, frozen=True):
    """connections: how many clients at a time, in ascending order. seconds: for each measurement.
    seed: of the file's bytes and name."""

    connections: tuple[int, ...] = CONNECTIONS
    seconds: int = SECONDS
    seed: int = 0

    def turns(self) -> Iterator[Turn]:
        """All servers in turn for each count of connections, and then in the opposite order: what
        slows the machine down for a while slows them all."""
        for count in self.connections:
            for number in range(ROUNDS):
                for server in SERVERS if number % 2 == 0 else SERVERS[::-1]:
                    yield Turn(count, number + 1, server)


def order_in_words() -> str:
    """The order of the turns, for the reader of a report."""
    there = ", ".join(SERVERS)
    return f"for each number of connections: {there}, then the same in the opposite order"


def counts_in(text: str) -> Sequence[int]:
    """The numbers of a list such as "1,8,64", each once and in ascending order. Raises
    ValueError."""
    found = sorted({int(word) for word in text.split(",")})
    if not 1 <= found[0] <= found[-1] <= MOST_CONNECTIONS:
        raise ValueError(text)
    return found
