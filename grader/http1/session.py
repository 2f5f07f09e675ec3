"""What a check holds: connections, requests, files, randomness, and the reference."""

from __future__ import annotations

import select
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.check.failure import Failure
from grader.check.transcript import Transcript
from grader.errors import MachineError
from grader.http1.connection import Connection
from grader.http1.wire import Request, Response
from grader.system import processes
from grader.system.patience import Deadline, wait

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from contextlib import AbstractContextManager

    import requests

    from grader.budgets import Budgets
    from grader.check.random_inputs import RandomInputs
    from grader.http1.wire.request import Pair, Text
    from grader.program.reference import Reference
    from grader.program.served_directory import SharedFiles
    from grader.program.server import Server


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all checks of a stage share: the server, its files, the reference, the budgets."""

    server: Server
    files: SharedFiles | None
    reference: Reference
    budgets: Budgets


class Session:
    """One check's view of one server. Whatever it opens is closed at its end.

    random: `RandomInputs`, this check's own randomness. transcript: everything that was sent and
    received.
    """

    def __init__(
        self, surroundings: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> None:
        self._around = surroundings
        self.random = random
        self.transcript = transcript
        self.budgets = surroundings.budgets
        self._opened: list[Connection] = []
        self._accepts = True

    # --- requests ---------------------------------------------------------------------------------

    @property
    def host(self) -> str:
        """The value of Host for this server ("localhost:4221")."""
        return f"localhost:{self._around.server.port}"

    def build(
        self,
        method: str,
        target: Text,
        *,
        headers: Iterable[Pair] = (),
        body: bytes | None = None,
        version: str = "HTTP/1.1",
    ) -> Request:
        """A well-formed request with Host first and Content-Length for a body; not sent yet."""
        return Request.of(
            method, target, headers=headers, body=body, host=self.host, version=version
        )

    def get(self, target: Text, *, headers: Iterable[Pair] = (), ends: bool = True) -> Response:
        """GET on a connection of its own. `ends` as in `Connection.read`."""
        return self.exchange(self.build("GET", target, headers=headers), ends=ends)

    def post(
        self, target: Text, body: bytes, *, headers: Iterable[Pair] = (), ends: bool = False
    ) -> Response:
        """POST on a connection of its own."""
        return self.exchange(self.build("POST", target, headers=headers, body=body), ends=ends)

    def exchange(self, request: Request, *, ends: bool = True) -> Response:
        """One request and its answer on a connection of its own, which is then closed."""
        connection = self.connect()
        connection.ask(request)
        response = connection.read(ends=ends)
        connection.close()
        return response

    def connect(self) -> Connection:
        """A new connection; nothing is sent yet."""
        connection = Connection(self._around.server, self.budgets, self.transcript)
        self._opened.append(connection)
        return connection

    @property
    def connection_count(self) -> int:
        """How many connections to the server this check has opened."""
        return len(self._opened)

    def reference(self, request: Request) -> Response:
        """What the reference answers to the same bytes. Raises `MachineError` when it does not."""
        try:
            connection = self.connect_reference()
            connection.ask(request)
            response = connection.read()
        except Failure as failure:  # which is no fault of the server that is graded
            raise MachineError(
                f"the course's reference does not answer: {failure.summary}"
            ) from failure
        connection.close()
        return response

    def connect_reference(self) -> Connection:
        """A new connection to the reference, which is not recorded."""
        connection = Connection(
            self._around.reference, self.budgets, Transcript(lambda: 0.0, limit=0)
        )
        self._opened.append(connection)
        return connection

    def requests_client(
        self, *, without: Collection[str] = ()
    ) -> AbstractContextManager[requests.Session]:
        """A `requests` session whose sockets are recorded and patient, as ordinary a client as
        there is.

        without: headers that it sends by itself, and that are taught in a later stage.
        """
        # requests costs 60 ms to import: only for those who ask
        from grader.http1.requests_client import session

        return session(self.connect, self._around.server.port, without)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    @property
    def files(self) -> SharedFiles:
        """The directory that the server was launched with."""
        if self._around.files is None:
            raise LookupError("this stage's launch has no {directory}")
        return self._around.files

    @property
    def has_files(self) -> bool:
        """Whether the server was launched with a directory."""
        return self._around.files is not None

    @property
    def reference_files(self) -> SharedFiles | None:
        """The directory that the reference serves; None where it serves none."""
        return self._around.reference.files

    # --- the server as a process ------------------------------------------------------------------

    @property
    def server(self) -> Server:
        """The running server: its process and its listening socket."""
        return self._around.server

    def quiet(self) -> Deadline:
        """The `quiet` budget, beginning now."""
        return self.deadline(self.budgets.quiet)

    def deadline(self, seconds: float) -> Deadline:
        """So many seconds of time that the server is able to run, beginning now."""
        return Deadline(seconds, self._around.server.look)

    def descriptors(self, at_most: int | None = None) -> int | None:
        """How many file descriptors the server's processes hold, once they have come to rest; with
        `at_most`, once there are no more than that, or twice the `answer` budget has passed: many
        close their sockets later."""
        server = self._around.server
        wait(server.program.wait_exit, self.quiet(), server.still(), step_s=0.001)

        def count() -> int | None:
            return processes.descriptor_count(server.program.tree())

        def few() -> bool:
            return at_most is None or (now := count()) is None or now <= at_most

        if not few():
            wait(server.program.wait_exit, Deadline(2 * self.budgets.answer, server.look), few)
        return count()

    def all_accepted(self) -> bool:
        """Wait until the listener's queue is empty (or `quiet` has passed): whether it is."""
        server = self._around.server
        if server.not_accepted():
            wait(
                server.program.wait_exit,
                self.quiet(),
                lambda: not server.not_accepted(),
                step_s=0.0002,
            )
        return not server.not_accepted()

    def connect_accepted(self) -> Connection:
        """A new connection, made once all others are accepted, as long as that takes no more than
        `quiet`: clients that come one after the other must not overflow a short queue, which costs
        a second each time."""
        self._accepts = self._accepts and self.all_accepted()
        return self.connect()

    def next_to_answer(self, connections: Collection[Connection]) -> Connection:
        """The first of these open connections, unless others are answered while it is not: then the
        first of those.

        Who is faster does not count, only who is answered once the server is at rest (or `quiet`
        has passed). When nothing comes within the `answer` budget, the first of all: to read from
        it says why.
        """
        poller, first = select.poll(), next(iter(connections))
        for connection in connections:
            poller.register(connection.fileno(), select.POLLIN)

        def some_answered(timeout_s: float) -> bool:
            return bool(poller.poll(timeout_s * 1000))

        wait(some_answered, self.deadline(self.budgets.answer), first.silent_for_ever())
        first.settle()
        answered = {descriptor for descriptor, _ in poller.poll(0)}
        return next((one for one in connections if one.fileno() in answered), first)

    def close(self) -> None:
        """Close every connection that is still open."""
        for connection in self._opened:
            connection.close()
