"""Measures the submission and the forms of the reference, in turn, each contained as in a grading.

How it works. One server runs at a time, always on the course's port: no other can disturb it, or
be disturbed. It is launched anew for each turn. Before the first load, one request for each route
shows whether there is anything to measure; after each load, one shows whether the server still
answers. What we wait for is then said in the words of a grading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field

from grader.bench.plan import FAST, FILE_BYTES, ROUTES, SERVERS, SLOW, YOURS
from grader.bench.result import Cell, Measurement, ServerResult, Trouble
from grader.bench.tools import LoadOrder
from grader.check.failure import Failure
from grader.check.random_inputs import RandomInputs
from grader.errors import MachineError
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.bench.generator import Generator
    from grader.bench.plan import BenchPlan, Route, Turn
    from grader.bench.probe import Probe
    from grader.program.host import Host
    from grader.program.server import Server


class _Gathered(Value):
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


class ServedFile(Value, frozen=True):
    """What is requested on the slow route."""

    name: str
    content: bytes


class Bench(Value, frozen=True):
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
        file = ServedFile(inputs.word(), inputs.blob(FILE_BYTES))
        for turn in self.plan.turns():
            known = gathered[turn.server]
            routes = [route for route in ROUTES if known.wants(route)]
            if not routes:
                continue
            self.tell(turn)
            try:
                for route in routes:
                    self._take(turn, route, known, file)
            finally:
                self.hosts[turn.server].stop()
            known.probed = True
        return tuple(known.result(name) for name, known in gathered.items())

    def _take(self, turn: Turn, route: Route, known: _Gathered, file: ServedFile) -> None:
        """Measure one route once."""
        host, path = self.hosts[turn.server], route.path.format(name=file.name)
        served = file if route == SLOW else None
        try:
            if not known.probed:
                server, body = self._started(turn, served), served.content if served else None
                if why := self.probe.why_absent(host, server, path, body):
                    known.left_out[route.name] = why
                    return
            server = self._started(turn, served)  # anew, if it has ended after one request
            run = self.generator.run(self._order(turn, server, path), server)
            known.runs.setdefault((route.name, turn.connections), []).append(run)
            # on the fast route: what the load has left on the slow one may take long
            asked = path if FAST.name in known.left_out else FAST.path
            load = f"{counted(turn.connections, 'client')} requested {path}"
            answered = route == SLOW and run.figures is not None and run.figures.answers > 0
            failure = self.probe.after_load(host, server, asked, load, answered=answered)
            if failure is not None:
                known.troubles[route.name] = Trouble(
                    turn.connections, route.name, failure.summary, host.output_tail()
                )
        finally:
            if host.files is not None and served is not None:
                host.files.remove(served.name)  # each launch has a directory

    def _order(self, turn: Turn, server: Server, path: str) -> LoadOrder:
        host = f"[{server.address}]" if ":" in server.address else server.address
        url = f"http://{host}:{server.port}{path}"
        return LoadOrder(turn.connections, self.plan.seconds, url)

    def _started(self, turn: Turn, file: ServedFile | None) -> Server:
        """The running server, or a fresh one where there is none, with this file. Raises as
        `measured`."""
        host = self.hosts[turn.server]
        try:
            server = host.server(fresh=False)
        except Failure as failure:
            if turn.server == YOURS:
                raise
            raise MachineError(
                f"the reference's {turn.server} form does not start: {failure.summary}"
            ) from failure
        if host.files is not None and file is not None:
            host.files.put(file.name, file.content)
        return server
