"""What a bench saw, in sentences: of the submission, and only what the forms of the reference in
the same run bear out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.bench.compare import (
    Serves,
    cells_of,
    column,
    growth,
    ratio,
    serving,
    spread,
)
from grader.bench.plan import FORMS, ROUTES
from grader.bench.units import factor, factors
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.bench.plan import Route
    from grader.bench.result import BenchResult, Cell, ServerResult, Trouble

NOTHING: Final = "Nothing can be said about how many clients your server serves at a time."


def sentences(result: BenchResult) -> Sequence[str]:
    """The first says the most important thing that was seen. The others say how fast, compared with
    what, and what limits what can be said."""
    yours = result.server()
    return [
        *(_in_trouble(trouble) for trouble in yours.troubles),
        *_served(result),
        *(f"Not measured: {_words(name)}. {why}" for name, why in yours.left_out.items()),
        *(text for route in ROUTES for text in _compared(result, route)),
        *_growing(result),
        *(text for route in ROUTES for text in _cut_short(result, route)),
        *(text for route in ROUTES for text in _without_figures(result, route)),
        *_broken(yours),
        *_agreed(result),
    ]


def _in_trouble(trouble: Trouble) -> str:
    clients = counted(trouble.connections, "connection")
    return f"Your server breaks under {clients} on {_words(trouble.route)}: {trouble.says}"


def _words(name: str) -> str:
    """What a route of this name is called in a sentence."""
    return next(route.words for route in ROUTES if route.name == name)


def _served(result: BenchResult) -> Iterator[str]:
    """How many clients at a time, if the blocking form was seen to serve one, and another form was
    not: else this run shows nothing."""
    yours = result.server()
    if not _measured(yours):
        return
    forms = {form: serving(result.server(form)).serves for form in FORMS}
    shows = forms["blocking"] is Serves.ONE and Serves.ALL in forms.values()
    found = serving(yours)
    if not shows or found.serves is Serves.UNKNOWN:
        yield from [] if yours.troubles else [NOTHING]
    elif found.serves is Serves.ONE:
        yield f"Your server answers one client at a time, as the blocking form does: {_one(yours)}"
    elif found.serves is Serves.SOME:
        clients = counted(found.at_once, "client")
        yield f"Your server answers {clients} at a time: all others wait, however many there are."
    else:
        alike = [form for form in FORMS if forms[form] is Serves.ALL]
        yield (
            f"Your server serves {found.at_once} clients at the same time, as the"
            f" {_listed(alike)} {'form' if len(alike) == 1 else 'forms'} of the reference."
        )


def _one(yours: ServerResult) -> str:
    """What that does to its clients."""
    cell = max(_measured(yours), key=lambda it: (it.waiting or 0, it.connections))
    if cell.waiting:
        return (
            f"with {cell.connections} connections, {cell.waiting} clients got no byte while another"
            " one was served."
        )
    cells = next((_fair(cells) for cells in yours.cells.values()), ())
    grown = growth(cells, "p50")
    if grown is None:
        return "every other client waits for its turn."
    return (
        "latency grows with every connection. The median is"
        f" {factor(grown)} as long with {cells[-1].connections} as with {cells[0].connections}."
    )


def _measured(yours: ServerResult) -> Sequence[Cell]:
    return [cell for cells in yours.cells.values() for cell in cells if cell.figures]


def _compared(result: BenchResult, route: Route) -> Iterator[str]:
    """Answers a second, at the highest count at which no client of the submission waited in vain:
    one that serves a few is fast for these. Likewise for the forms."""
    ours = next(reversed(_fair(result.server().cells.get(route.name, ()))), None)
    if ours is None:
        return
    more, fewer, alike = list[str](), list[str](), list[str]()
    noise = spread(column(result, route.name, ours.connections)) or 1.0
    for form in FORMS:
        theirs = result.server(form).cell(route.name, ours.connections)
        found = ratio(ours.rates(), theirs.rates(), noise) if theirs and _fair([theirs]) else None
        if found is None:
            continue
        if not found.certain:
            alike.append(form)
        else:
            (more if found.low > 1 else fewer).append(f"{form} ({factors(found)})")
    where = f"On {route.words} with {counted(ours.connections, 'connection')}, your server"
    if said := _more_or_fewer(more, fewer):
        yield f"{where} gives {said}."
    if alike:
        yield f"{where} cannot be told apart from {_listed(alike)}."


def _more_or_fewer(more: Sequence[str], fewer: Sequence[str]) -> str:
    if more and fewer:
        return f"more answers a second than {_listed(more)}, and fewer than {_listed(fewer)}"
    if more or fewer:
        return f"{'more' if more else 'fewer'} answers a second than {_listed(more or fewer)}"
    return ""


def _fair(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Those in which no client waited in vain, as far as it was seen."""
    return [cell for cell in cells if cell.figures and not cell.waiting]


def _growing(result: BenchResult) -> Iterator[str]:
    """The median, from the lowest count to the highest at which no client of these servers waited
    in vain: else it counts the lucky ones alone."""
    fast, yours = ROUTES[0], result.server()
    if serving(yours).serves is not Serves.ALL:
        return
    fair = {server.name: _fair(server.cells.get(fast.name, ())) for server in result.servers}
    fair = {name: cells for name, cells in fair.items() if len(cells) > 1}
    if yours.name not in fair:
        return
    last = fair[yours.name][-1].connections
    grown = {
        name: growth([cell for cell in cells if cell.connections <= last], "p50")
        for name, cells in fair.items()
        if cells[-1].connections >= last
    }
    ours = grown.pop(yours.name)
    beside = ", ".join(f"{name} {factor(one)}" for name, one in grown.items() if one)
    if ours is not None:
        yield (
            f"From {fair[yours.name][0].connections} to {last} connections, the median latency of"
            f" your server on {fast.words} grows {factor(ours)}"
            + (f" ({beside})." if beside else ".")
        )


def _cut_short(result: BenchResult, route: Route) -> Iterator[str]:
    """Where no answer of the submission was whole when the time was over."""
    cells = result.server().cells.get(route.name, ())
    found = [
        f"{cell.connections}"
        for cell in cells
        if all(run.figures is not None and not run.figures.answers for run in cell.runs)
    ]
    if found:
        yield (
            f"With {_listed(found)} connections, no answer of {route.words} was whole within"
            f" {result.plan.seconds} s: use a higher --seconds."
        )


def _without_figures(result: BenchResult, route: Route) -> Iterator[str]:
    """Why a measurement of the submission came to nothing."""
    for cell in result.server().cells.get(route.name, ()):
        for problem in dict.fromkeys(run.problem for run in cell.runs if run.problem):
            clients = counted(cell.connections, "connection")
            yield f"With {clients} on {route.words}, {problem}."


def _broken(yours: ServerResult) -> Iterator[str]:
    broken = sum(cell.broken for cells in yours.cells.values() for cell in cells)
    refused = sum(cell.refused for cells in yours.cells.values() for cell in cells)
    if broken:
        yield (
            f"{counted(broken, 'connection')} broke: refused, reset, ended before an answer was"
            " whole, or closed without Connection: close in the answer."
        )
    if refused:
        yield f"{counted(refused, 'answer')} had an error status: such rounds are not compared."


def _agreed(result: BenchResult) -> Iterator[str]:
    if not _measured(result.server()):
        return
    if found := spread(cell for server in result.servers for cell in cells_of(server)):
        yield (
            "In this run, two rounds of the same measurement differ by a factor of up to"
            f" {found:.1f}: a difference is only said where it is larger than those of its column."
        )


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
