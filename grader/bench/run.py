"""Measures the submission and the forms of the reference, in turn, each contained as in a grading.

How it works. One server runs at a time, always on the course's port: no other can disturb it, or
be disturbed. It is launched anew for each turn. Before the first load, one request for each route
shows whether there is anything to measure; after each load, one shows whether the server still
answers. What we wait for is then said in the words of a grading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.bench.plan import FILE_BYTES, ROUTES, SERVERS, SLOW, YOURS
from grader.bench.result import Cell, Measurement, ServerResult, Trouble
from grader.bench.tools import LoadOrder
from grader.check.failure import Failure
from grader.check.random_inputs import RandomInputs
from grader.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.bench.generator import Generator
    from grader.bench.plan import BenchPlan, Route, Turn
    from grader.bench.probe import Probe
    from grader.program.host import Host
    from grader.program.server import Server


@dataclass(slots=True)
class _Gathered:
    """What is known of one server so far. runs: by route and count of connections."""

    runs: dict[tuple[str, int], list[Measurement]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    probed: bool = False

    def wants(self, route: Route) -> bool:
        """A route that is not there, or on which the server has had trouble, is measured no
        more."""
        return route.name not in self.left_out and route.name not in self.troubles

    def result(self, name: str) -> ServerResult:
        cells: dict[str, list[Cell]] = {}
        for (route, connections), runs in sorted(self.runs.items(), key=lambda item: item[0][1]):
            cells.setdefault(route, []).append(Cell(connections, tuple(runs)))
        return ServerResult(name, cells, self.left_out, tuple(self.troubles.values()))


@dataclass(frozen=True, slots=True)
class Bench:
    """One bench. hosts: what launches each server, by its name. tell: is told of each turn as it
    begins."""

    plan: BenchPlan
    hosts: Mapping[str, Host]
    generator: Generator
    probe: Probe
    tell: Callable[[Turn], None]

    def measured(self) -> tuple[ServerResult, ...]:
        """Measure everything. Raises `Failure` when the submission does not start, `NotGraded` when
        there is nothing to start, and `MachineError`."""
        gathered = {name: _Gathered() for name in SERVERS}
        inputs = RandomInputs(self.plan.seed, "bench")
        name, content = inputs.word(), inputs.blob(FILE_BYTES)
        for turn in self.plan.turns():
            known = gathered[turn.server]
            routes = [route for route in ROUTES if known.wants(route)]
            if not routes:
                continue
            self.tell(turn)
            try:
                for route in routes:
                    self._take(turn, route, known, name, content)
            finally:
                self.hosts[turn.server].stop()
            known.probed = True
        return tuple(known.result(name) for name, known in gathered.items())

    def _take(self, turn: Turn, route: Route, known: _Gathered, name: str, content: bytes) -> None:
        """Measure one route once. The file is gone afterwards: each launch has a directory."""
        host, path = self.hosts[turn.server], route.path.format(name=name)
        server = self._started(turn, host)
        files, has_file = host.files, route == SLOW
        try:
            if files is not None and has_file:
                files.put(name, content)
            body = content if has_file else None
            if not known.probed and (why := self.probe.why_absent(host, server, path, body)):
                known.left_out[route.name] = why
                return
            known.runs.setdefault((route.name, turn.connections), []).append(
                self.generator.run(self._order(turn, server, path), server)
            )
            if failure := self.probe.after_load(host, server, path, turn.connections):
                output = host.output_tail()
                known.troubles[route.name] = Trouble(
                    turn.connections, route.name, failure.summary, output
                )
        finally:
            if files is not None and has_file:
                files.remove(name)

    def _order(self, turn: Turn, server: Server, path: str) -> LoadOrder:
        host = f"[{server.address}]" if ":" in server.address else server.address
        url = f"http://{host}:{server.port}{path}"
        return LoadOrder(turn.connections, self.plan.seconds, url)

    def _started(self, turn: Turn, host: Host) -> Server:
        """The running server, or a fresh one where there is none. Raises as `measured`."""
        try:
            return host.server(fresh=False)
        except Failure as failure:
            if turn.server == YOURS:
                raise
            raise MachineError(
                f"the reference's {turn.server} form does not start: {failure.summary}"
            ) from failure
