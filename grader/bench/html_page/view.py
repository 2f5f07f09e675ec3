"""What stands on the page of a bench: its plots, tables and sentences. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.bench import units
from grader.bench.html_page.charts import Chart, Series, chart
from grader.bench.plan import ROUTES, YOURS
from grader.bench.sentences import sentences
from grader.bench.show import CAPTION, heading, last_lines, measures
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.bench.plan import Route
    from grader.bench.result import BenchResult, Cell


class TableRow(Value, frozen=True):
    """One server and count: the texts of its figures."""

    server: str
    cells: tuple[str, ...]


class RouteView(Value, frozen=True):
    """One route. waits: whether a point is about some of the clients alone."""

    title: str
    charts: tuple[Chart, ...]
    rows: tuple[TableRow, ...]
    waits: bool


class BenchView(Value, frozen=True):
    """The whole page. outputs: what the submission printed last, where it had trouble."""

    submission: str
    first: str
    sentences: tuple[str, ...]
    outputs: tuple[str, ...]
    routes: tuple[RouteView, ...]
    names: tuple[str, ...]
    caption: str
    measures: tuple[str, ...]
    in_trouble: bool


def bench_view(result: BenchResult) -> BenchView:
    """What to show of a bench."""
    first, *others = sentences(result) or [""]
    troubles = result.server().troubles
    return BenchView(
        result.submission,
        first,
        tuple(others),
        tuple("\n".join(last_lines(it.output)) for it in troubles if it.output),
        tuple(
            _route(result, route)
            for route in ROUTES
            if any(server.cells.get(route.name) for server in result.servers)
        ),
        tuple(server.name for server in result.servers),
        CAPTION,
        tuple(measures(result)),
        bool(troubles),
    )


def _route(result: BenchResult, route: Route) -> RouteView:
    def plot(
        title: str, rounds: Callable[[Cell], Sequence[float]], says: Callable[[float], str]
    ) -> Chart | None:
        series = [
            Series(
                server.name,
                [(cell.connections, rounds(cell)) for cell in server.cells.get(route.name, ())],
                frozenset(it.connections for it in server.cells.get(route.name, ()) if it.waiting),
            )
            for server in result.servers
        ]
        return chart(title, series, result.plan.connections, says)

    charts = (
        plot("Answers a second", lambda cell: cell.rates(), units.rate),
        plot("Latency, median", lambda cell: cell.latencies("p50"), units.duration),
        plot("Latency, 99 % of the answers within", lambda it: it.latencies("p99"), units.duration),
        plot("Connections accepted at the same time", _accepted, units.rate),
    )
    cells = [cell for server in result.servers for cell in server.cells.get(route.name, ())]
    return RouteView(
        heading(route),
        tuple(it for it in charts if it is not None),
        tuple(_rows(result, route)),
        any(cell.waiting for cell in cells),
    )


def _accepted(cell: Cell) -> Sequence[float]:
    return [float(run.held.most) for run in cell.runs if run.held and run.held.most]


def _rows(result: BenchResult, route: Route) -> Iterator[TableRow]:
    for count in result.plan.connections:
        yours = result.server(YOURS).cell(route.name, count)
        for server in result.servers:
            if cell := server.cell(route.name, count):
                yield TableRow(server.name, _texts(cell, yours))


def _texts(cell: Cell, yours: Cell | None) -> tuple[str, ...]:
    rate, base = cell.rate, yours.rate if yours else None
    compared = units.two_digits(rate / base) if rate is not None and base else units.NOTHING
    return (
        f"{cell.connections}",
        units.rate(rate),
        compared,
        *(units.duration(cell.latency(name)) for name in ("p50", "p90", "p99")),
        units.NOTHING if cell.most is None else f"{cell.most}",
        units.NOTHING if cell.waiting is None else f"{cell.waiting}",
        f"{cell.broken}",
    )
