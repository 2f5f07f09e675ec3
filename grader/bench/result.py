"""What a bench comes to: cells of servers, routes and counts of connections. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field

from grader.bench.plan import YOURS
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.bench.figures import Latencies, LoadFigures
    from grader.bench.held import HeldConnections
    from grader.bench.plan import BenchPlan


class Measurement(Value, frozen=True):
    """One run of the load generator against one server. figures: None where it measured nothing;
    then `problem` says why. held: None where the system does not show it."""

    figures: LoadFigures | None
    held: HeldConnections | None
    problem: str = ""


class Trouble(Value, frozen=True):
    """What went wrong with a server under load. connections: how many there were, and 0 where it
    was asked a single time. output: the end of what it printed."""

    connections: int
    route: str
    says: str
    output: bytes = b""


class Cell(Value, frozen=True):
    """One server, one route, one count of connections: the measurements of all rounds."""

    connections: int
    runs: tuple[Measurement, ...]

    @property
    def figures(self) -> Sequence[LoadFigures]:
        """Of the rounds that can be compared: there were answers, and none was an error."""
        found = [run.figures for run in self.runs if run.figures is not None]
        return [one for one in found if one.answers and not one.refused]

    @property
    def rate(self) -> float | None:
        """Answers a second, over all rounds; None where nothing can be compared."""
        seconds = sum(one.seconds for one in self.figures)
        return sum(one.answers for one in self.figures) / seconds if seconds else None

    def rates(self) -> Sequence[float]:
        """Answers a second in each round."""
        return [one.rate for one in self.figures]

    def latency(self, name: str) -> float | None:
        """The mean over all rounds of a percentile, by the name of its field."""
        found = self.latencies(name)
        return sum(found) / len(found) if found else None

    def latencies(self, name: str) -> Sequence[float]:
        """A percentile in each round."""
        latencies: list[Latencies] = [one.latencies for one in self.figures if one.latencies]
        return [getattr(one, name) for one in latencies]

    @property
    def broken(self) -> int:
        """How many connections were refused, reset or ended early, over all rounds."""
        return sum(run.figures.broken for run in self.runs if run.figures)

    @property
    def refused(self) -> int:
        """How many answers had a status of 400 or more, over all rounds."""
        return sum(run.figures.refused for run in self.runs if run.figures)

    @property
    def most(self) -> int | None:
        """The most connections that the server had accepted at one look."""
        return max((run.held.most for run in self.runs if run.held), default=None)

    @property
    def served(self) -> int | None:
        """How many clients that stayed got bytes: in the round with the most."""
        return max((run.held.served for run in self.runs if run.held), default=None)

    @property
    def waiting(self) -> int | None:
        """How many clients got no byte for most of a round: in the round with the fewest."""
        return min((run.held.waiting for run in self.runs if run.held), default=None)


class ServerResult(Value, frozen=True):
    """All of one server. cells: by route, in ascending order of connections. left_out: routes that
    were not measured, and why. troubles: at most one for each route."""

    name: str
    cells: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()

    def cell(self, route: str, connections: int) -> Cell | None:
        """The cell, if it was measured."""
        return next((it for it in self.cells.get(route, ()) if it.connections == connections), None)


class BenchResult(Value, frozen=True):
    """A whole bench. tool: the load generator with its version. isolation: the level that all
    servers ran in."""

    submission: str
    tool: str
    isolation: str
    processors: int
    plan: BenchPlan
    servers: tuple[ServerResult, ...]

    def server(self, name: str = YOURS) -> ServerResult:
        """The submission's, or a form's of the reference; KeyError when there is none."""
        return {server.name: server for server in self.servers}[name]
