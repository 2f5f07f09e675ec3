"""What `grade bench --report json` writes, format version 1, as types: docs/bench.schema.json and
the tables of docs/bench.md are made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Struct

from grader import __version__
from grader.bench.compare import serving
from grader.bench.plan import FILE_BYTES, ROUTES, order_in_words
from grader.bench.sentences import sentences
from grader.codec import Escaped
from grader.report.check_document import Count, Ordinal, Seconds, says
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.bench.result import BenchResult, Cell, Measurement, ServerResult, Trouble

FORMAT: Final = "stage-grader/bench"
VERSION: Final = 1


class RoundDocument(Struct, frozen=True):
    """One run of the load generator."""

    seconds: Annotated[Seconds | None, says("How long it lasted; null when nothing was measured.")]
    answers: Annotated[Count | None, says("Answers that came whole, with whatever status.")]
    refused: Annotated[Count | None, says("Of these, the ones with a status of 400 or more.")]
    broken: Annotated[
        Count | None,
        says(
            "Connections that were refused or reset, that ended before an answer was whole, or that"
            " were closed without `Connection: close` in the answer."
        ),
    ]
    p50_s: Annotated[Seconds | None, says("The median latency; null without answers.")]
    p90_s: Annotated[Seconds | None, says("90 % of the answers took no longer.")]
    p99_s: Annotated[Seconds | None, says("99 % of the answers took no longer.")]
    accepted: Annotated[
        Count | None,
        says(
            "The most connections that the server had accepted at one look; null where the system"
            " does not show it."
        ),
    ]
    served: Annotated[
        Count | None,
        says("How many clients with one connection got bytes between the first and last look."),
    ]
    waiting: Annotated[
        Count | None, says("How many clients got no byte between the first and last look.")
    ]
    problem: Annotated[str, says("Why nothing was measured, or empty.")]


class CellDocument(Struct, frozen=True):
    """One server, one route, one number of connections."""

    route: Annotated[str, says("The name of the route.")]
    connections: Annotated[Ordinal, says("How many connections at a time.")]
    rate: Annotated[
        Seconds | None,
        says(
            "Answers a second over all rounds without error statuses; null where there is none."
            " It means nothing on another machine or in another run."
        ),
    ]
    compared: Annotated[
        Seconds | None,
        says("The rate by that of the submission with the same route and connections."),
    ]
    rounds: Annotated[tuple[RoundDocument, ...], says("Each round, in the order of time.")]


class TroubleDocument(Struct, frozen=True):
    """What went wrong with a server under load."""

    route: Annotated[str, says("The name of the route. It was not measured again.")]
    connections: Annotated[Ordinal, says("How many connections there were.")]
    says: Annotated[str, says("What happened, in the words of a grading.")]
    output: Annotated[
        Escaped, says("The end of what the server printed, escaped as in the report of a grading.")
    ]


class ServerDocument(Struct, frozen=True):
    """One server."""

    name: Annotated[
        str, says("`yours`, or the form of the reference: `blocking`, `threaded`, `streams`,"
        " `protocol`.")
    ]  # fmt: skip
    serves: Annotated[
        str,
        says(
            "How many clients it was seen to serve: `one at a time`, `some at a time`,"
            " `all of them`, `not seen`."
        ),
    ]
    left_out: Annotated[
        dict[str, str], says("The routes that were not measured, by name, and why.")
    ]
    troubles: Annotated[tuple[TroubleDocument, ...], says("What went wrong under load.")]
    cells: Annotated[tuple[CellDocument, ...], says("What was measured.")]


class BenchDocument(Struct, frozen=True):
    """What `grade bench --report json` writes, version 1."""

    format: Annotated[Literal["stage-grader/bench"], says("Always `stage-grader/bench`.")]
    version: Annotated[Literal[1], says("Always 1. Any change to this format gives a new number.")]
    grader_version: Annotated[str, says("The version of the grader.")]
    submission: Annotated[str, says("The submission, as it was named.")]
    tool: Annotated[str, says("The load generator, with its version.")]
    isolation: Annotated[str, says("The isolation level of all servers.")]
    processors: Annotated[Ordinal, says("How many processors the machine has.")]
    seed: Annotated[int, says("Of the file's name and bytes.")]
    seconds: Annotated[Ordinal, says("How long each measurement was to last.")]
    connections: Annotated[tuple[Ordinal, ...], says("The numbers of connections.")]
    routes: Annotated[tuple[str, ...], says("The names of the routes.")]
    file_bytes: Annotated[Ordinal, says("The size of the file.")]
    order: Annotated[str, says("The order of the measurements, in words.")]
    sentences: Annotated[tuple[str, ...], says("What was seen, the most important thing first.")]
    servers: Annotated[tuple[ServerDocument, ...], says("The submission first.")]


def document_of(result: BenchResult) -> BenchDocument:
    """A bench as it is written for programs."""
    plan = result.plan
    return BenchDocument(
        format=FORMAT,
        version=VERSION,
        grader_version=__version__,
        submission=result.submission,
        tool=result.tool,
        isolation=result.isolation,
        processors=result.processors,
        seed=plan.seed,
        seconds=plan.seconds,
        connections=plan.connections,
        routes=tuple(route.name for route in ROUTES),
        file_bytes=FILE_BYTES,
        order=order_in_words(),
        sentences=tuple(map(printable, sentences(result))),
        servers=tuple(_server(result, server) for server in result.servers),
    )


def _server(result: BenchResult, server: ServerResult) -> ServerDocument:
    return ServerDocument(
        name=server.name,
        serves=serving(server).serves.value,
        left_out=dict(server.left_out),
        troubles=tuple(map(_trouble, server.troubles)),
        cells=tuple(
            _cell(result, route, cell) for route, cells in server.cells.items() for cell in cells
        ),
    )


def _trouble(trouble: Trouble) -> TroubleDocument:
    return TroubleDocument(
        trouble.route, trouble.connections, trouble.says, Escaped(trouble.output)
    )


def _cell(result: BenchResult, route: str, cell: Cell) -> CellDocument:
    yours = result.server().cell(route, cell.connections)
    base = yours.rate if yours else None
    compared = cell.rate / base if cell.rate is not None and base else None
    return CellDocument(route, cell.connections, cell.rate, compared, tuple(map(_round, cell.runs)))


def _round(run: Measurement) -> RoundDocument:
    figures, held = run.figures, run.held
    latencies = figures.latencies if figures else None
    return RoundDocument(
        seconds=figures.seconds if figures else None,
        answers=figures.answers if figures else None,
        refused=figures.refused if figures else None,
        broken=figures.broken if figures else None,
        p50_s=latencies.p50 if latencies else None,
        p90_s=latencies.p90 if latencies else None,
        p99_s=latencies.p99 if latencies else None,
        accepted=held.most if held else None,
        served=held.served if held else None,
        waiting=held.waiting if held else None,
        problem=run.problem,
    )
