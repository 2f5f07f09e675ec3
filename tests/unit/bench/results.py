"""Benches as tests describe them: by a server's rates, and what the kernel showed."""

from __future__ import annotations

from msgspec.structs import replace

from grader.bench.figures import Latencies, LoadFigures
from grader.bench.held import HeldConnections
from grader.bench.plan import FAST, FORMS, SERVERS, BenchPlan
from grader.bench.result import BenchResult, Cell, Measurement, ServerResult

COUNTS = (1, 8, 64, 256)
LOOKS, APART_S = 8, 0.65


def cell(
    connections: int,
    rates: tuple[float, ...] = (1000.0, 1000.0),
    *,
    accepted: int | None = None,
    served: int | None = None,
    waiting: int = 0,
    median: float = 0.001,
    refused: int = 0,
    broken: int = 0,
) -> Cell:
    """accepted, served: all connections unless said otherwise."""
    held = HeldConnections(
        LOOKS,
        connections if accepted is None else accepted,
        connections - waiting if served is None else served,
        waiting,
        APART_S,
    )
    latencies = Latencies(median, 2 * median, 3 * median)
    runs = [
        Measurement(LoadFigures(1.0, round(rate), refused, broken, latencies), held)
        for rate in rates
    ]
    return Cell(connections, tuple(runs))


def all_at_once(name: str, rate: float = 1000.0, route: str = FAST.name) -> ServerResult:
    cells = [cell(count, (rate, rate), median=count / rate) for count in COUNTS]
    return ServerResult(name, {route: cells})


def one_at_a_time(name: str, rate: float = 1000.0, *, keeps: bool = True) -> ServerResult:
    """keeps: the connection of the one; else each client gets its turn, and waits for it."""
    cells = [
        cell(
            count,
            (rate, rate),
            accepted=1,
            served=1 if keeps else 0,
            waiting=count - 1 if keeps else 0,
            median=1 / rate if keeps else count / rate,
        )
        for count in COUNTS
    ]
    return ServerResult(name, {FAST.name: cells})


def bench(yours: ServerResult, *others: ServerResult) -> BenchResult:
    """With the forms as they are, but for the others."""
    forms = {form: all_at_once(form) for form in FORMS} | {"blocking": one_at_a_time("blocking")}
    servers = {"yours": replace(yours, name="yours"), **forms, **{it.name: it for it in others}}
    return BenchResult(
        "my_server.py",
        "wrk 4.1.0",
        "bubblewrap",
        2,
        BenchPlan(),
        tuple(servers[it] for it in SERVERS),
    )
