"""What `grade bench` prints: how it is measured, the tables, and what was seen. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.bench import units
from grader.bench.plan import FILE_BYTES, ROUNDS, ROUTES, YOURS, order_in_words
from grader.bench.sentences import sentences
from grader.text.layout import counted, hang, pad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.bench.plan import Route, Turn
    from grader.bench.result import BenchResult, Cell
    from grader.check.failure import Failure
    from grader.text.style import Style

_NAME: Final = 10
_COLUMN: Final = 16
_MOST_OUTPUT: Final = 12  # lines of it
CAPTION: Final = (
    "The figures hold for this machine and this minute, which the load generator shares with the"
    " servers: compare them within a column."
)


def measures(result: BenchResult) -> Sequence[str]:
    """How it is measured, in sentences."""
    plan = result.plan
    return [
        f"{result.tool} requests {ROUTES[0].path} and a file of {FILE_BYTES >> 20} MiB under"
        f" /files/: {ROUNDS} times {plan.seconds} s for each server and number of connections.",
        f"The order: {order_in_words()}.",
        f"All servers run at isolation level {result.isolation}, on"
        f" {counted(result.processors, 'processor')}, one at a time.",
    ]


def opening_lines(result: BenchResult, style: Style) -> list[str]:
    """Before anything is measured."""
    lines = hang("Measuring ", style.text(result.submission), style.width)
    for sentence in measures(result):
        lines += hang("  ", style.text(sentence), style.width)
    return lines


def heading(route: Route) -> str:
    """What is requested."""
    return f"GET {route.path}" if route.path == route.words else f"GET /files/... ({route.words})"


def turn_line(turn: Turn) -> str:
    """While it goes on."""
    clients = counted(turn.connections, "connection")
    return f"  {clients}, round {turn.round} of {ROUNDS}: {turn.server}"


def result_lines(result: BenchResult, style: Style) -> list[str]:
    """The tables, and what was seen."""
    lines = [""]
    for route in ROUTES:
        if any(route.name in server.cells for server in result.servers):
            lines += [*_route(result, route, style), ""]
    lines += [*hang("", CAPTION, style.width), ""]
    first, *others = sentences(result) or [""]
    lines += [
        style.paint(line, None, bold=True) for line in hang("", style.text(first), style.width)
    ]
    for sentence in others:
        lines += hang("- ", style.text(sentence), style.width)
    for trouble in result.server().troubles:
        lines += _output(trouble.output, style)
    return lines


def refusal_lines(failure: Failure, output: bytes, style: Style) -> list[str]:
    """Why there is nothing to measure: the server does not start."""
    lines = hang("", style.text(f"Your server does not start. {failure.summary}"), style.width)
    return [*lines, *_output(output, style)]


def _route(result: BenchResult, route: Route, style: Style) -> Iterator[str]:
    yield style.paint(heading(route), None, bold=True)
    yield from _block("answers a second (compared with yours)", result, route, _rate(result, route))
    yield from _block(
        "latency of the answers that came: median, and 99 % within",
        result,
        route,
        lambda _, cell: _latency(cell),
    )
    if any(cell.waiting for server in result.servers for cell in server.cells.get(route.name, ())):
        yield from _block(
            "clients that got no byte while others were served", result, route,
            lambda _, cell: "?" if cell.waiting is None else f"{cell.waiting}",
        )  # fmt: skip


def _block(
    title: str, result: BenchResult, route: Route, text: Callable[[str, Cell], str]
) -> Iterator[str]:
    """One figure of all servers, a column for each count of connections."""
    counts = result.plan.connections
    yield f"  {title}"
    yield "  " + " " * _NAME + "".join(f"{count:>{_COLUMN}}" for count in counts)
    for server in result.servers:
        cells = [server.cell(route.name, count) for count in counts]
        shown = [text(server.name, cell) if cell else units.NOTHING for cell in cells]
        yield f"  {pad(server.name, _NAME)}" + "".join(f"{one:>{_COLUMN}}" for one in shown)


def _rate(result: BenchResult, route: Route) -> Callable[[str, Cell], str]:
    yours = result.server(YOURS)

    def text(name: str, cell: Cell) -> str:
        ours = yours.cell(route.name, cell.connections)
        rate, base = cell.rate, ours.rate if ours else None
        if name == YOURS or rate is None or not base:
            return f"{units.rate(rate)}       "
        return f"{units.rate(rate)} {f'x{units.two_digits(rate / base)}':>6}"

    return text


def _latency(cell: Cell) -> str:
    median, most = cell.latency("p50"), cell.latency("p99")
    if median is None:
        return units.NOTHING
    return f"{units.short(median)} / {units.short(most)}"


def last_lines(output: bytes) -> Sequence[str]:
    """The end of what a program printed."""
    return output.decode("utf-8", "replace").rstrip().splitlines()[-_MOST_OUTPUT:]


def _output(output: bytes, style: Style) -> Iterator[str]:
    if text := last_lines(output):
        yield from ("", "The last output of your server:")
        yield from (f"  {style.text(line)}" for line in text)
