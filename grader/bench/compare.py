"""How the servers of one bench compare: by ratios, and no finer than its own rounds agree. Pure."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.bench.result import BenchResult, Cell, ServerResult

MANY: Final = 8
"""From so many connections on, what a server does with several clients can be seen."""

BUSY: Final = 64
"""From so many on, a server that closes each connection is seen to have several of them, if it
serves several at a time. With 8 connections, one with threads was once seen with a single one in
all of 16 looks; with 64, never with fewer than 40."""


class Serves(Enum):
    """How many clients a server serves at a time, as far as it was seen."""

    ONE = "one at a time"
    SOME = "some at a time"
    ALL = "all of them"
    UNKNOWN = "not seen"


class Serving(Value, frozen=True):
    """at_once: how many clients, for SOME and ALL."""

    serves: Serves
    at_once: int = 0


def serving(server: ServerResult) -> Serving:
    """What the looks at a server's connections show.

    ONE: it never had accepted more than one connection, with however many clients, on any route;
    and all others waited, or there were many.
    SOME: with the two highest counts, the same number of clients got bytes, and others got none.
    ALL: with `at_once` clients none waited in vain, and several were accepted. Everything else is
    not known. The last two by the first route that was measured: with a slow one, a client may wait
    for long on any server.
    """
    cells = [cell for cell in cells_of(server) if cell.connections >= MANY and cell.figures]
    if not cells or any(cell.most is None for cell in cells):
        return Serving(Serves.UNKNOWN)
    if max(cell.most or 0 for cell in cells) == 1:
        sure = any(it.waiting == it.connections - 1 or it.connections >= BUSY for it in cells)
        return Serving(Serves.ONE, 1) if sure else Serving(Serves.UNKNOWN)
    first = [cell for cell in next(iter(server.cells.values())) if cell in cells]
    if at_once := _pool(first):
        return Serving(Serves.SOME, at_once)
    whole = [cell for cell in first if not cell.waiting and (cell.most or 0) > 1]
    return Serving(Serves.ALL, whole[-1].connections) if whole else Serving(Serves.UNKNOWN)


def _pool(cells: Sequence[Cell]) -> int:
    """How many clients got bytes with each of the two highest counts; 0 where that differs, or
    where none waited."""
    served = {cell.served or 0 for cell in cells[-2:]}
    all_waited = all(cell.waiting for cell in cells[-2:])
    return served.pop() if len(cells) > 1 and all_waited and len(served) == 1 else 0


def cells_of(server: ServerResult) -> Iterator[Cell]:
    """Of all routes."""
    for cells in server.cells.values():
        yield from cells


class Ratio(Value, frozen=True):
    """Between the lowest and the highest that the rounds of a run allow, and their mean (in the
    logarithm). noise: by which factor rounds of one measurement differ there."""

    low: float
    high: float
    noise: float = 1.0

    @property
    def mean(self) -> float:
        return math.sqrt(self.low * self.high)

    @property
    def certain(self) -> bool:
        """Whether all rounds agree which of the two is more, and they differ by more than rounds of
        the same server do."""
        if self.low <= 1 <= self.high:
            return False
        return max(self.mean, 1 / self.mean) > self.noise


def ratio(ours: Sequence[float], theirs: Sequence[float], noise: float = 1.0) -> Ratio | None:
    """Ours by theirs; None where one of them was not measured."""
    if not ours or not theirs or min(theirs) <= 0 or min(ours) <= 0:
        return None
    return Ratio(min(ours) / max(theirs), max(ours) / min(theirs), noise)


def spread(cells: Iterable[Cell]) -> float | None:
    """By which factor two rounds of the same measurement differ at most, in answers a second; None
    where none was made twice."""
    rounds = [cell.rates() for cell in cells]
    factors = [max(rates) / min(rates) for rates in rounds if len(rates) > 1 and min(rates) > 0]
    return max(factors, default=None)


def column(result: BenchResult, route: str, connections: int) -> Sequence[Cell]:
    """Of all servers, with the same route and count."""
    found = [server.cell(route, connections) for server in result.servers]
    return [cell for cell in found if cell is not None]


def growth(cells: Sequence[Cell], name: str) -> float | None:
    """By which factor a percentile grows from the lowest count of connections to the highest; None
    where one of them has none."""
    if len(cells) < 2:
        return None
    first, last = cells[0].latency(name), cells[-1].latency(name)
    return last / first if first and last else None
