"""What a check holds: connections, requests, files, randomness, and the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure
from grader.errors import MachineError
from grader.http1.connection import Connection
from grader.http1.events import EventStream
from grader.http1.wire import Request, Response
from grader.net.stream_session import StreamSession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from contextlib import AbstractContextManager

    import requests

    from grader.check.transcript import Transcript
    from grader.http1.wire.request import Pair, Text
    from grader.program.server import Server

_ACCEPTS_EVENTS: Final[tuple[Pair, ...]] = (
    ("Accept", "text/event-stream"),
    ("Cache-Control", "no-cache"),
)


class Session(StreamSession[Connection]):
    """One check's view of one server. Whatever it opens is closed at its end.

    random: `RandomInputs`, this check's own randomness. transcript: everything that was sent and
    received.
    """

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
        """One request and its answer on a connection of its own, which is then left: as in
        `leave`."""
        connection = self.connect()
        connection.ask(request)
        response = connection.read(ends=ends)
        self.leave(connection)
        return response

    def _connection(self, server: Server, transcript: Transcript) -> Connection:
        return Connection(server, self.budgets, transcript)

    def subscribe(self, target: Text, *, headers: Iterable[Pair] = _ACCEPTS_EVENTS) -> EventStream:
        """GET on a connection of its own that is answered by a stream of events, as a browser's
        EventSource sends it. It returns once the server rests, and has subscribed this client."""
        stream = EventStream(self._around.server, self.budgets, self.transcript)
        self._hold(stream)
        stream.ask(self.build("GET", target, headers=headers))
        stream.until_it_rests()
        return stream

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

    def requests_client(
        self, *, without: Collection[str] = ()
    ) -> AbstractContextManager[requests.Session]:
        """A `requests` session whose sockets are recorded and patient, as ordinary a client as
        there is.

        without: headers that it sends by itself, and that are taught in a later stage.
        """
        # requests costs 60 ms to import: only for those who ask
        from grader.http1.requests_client import session

        port = self._around.server.port
        return session(self.connect, self.leave, port, self.random.word, without)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"
