"""What a check holds where its clients have TCP connections."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from grader.check.transcript import Transcript
from grader.net.recorded import RecordedStream
from grader.net.session import ServerSession
from grader.system.patience import wait

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.check.random_inputs import RandomInputs
    from grader.net.session import Surroundings
    from grader.program.server import Server

Stream = TypeVar("Stream", bound=RecordedStream)


class StreamSession(ServerSession, Generic[Stream]):
    """The same where the clients hold TCP connections."""

    def __init__(
        self, surroundings: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> None:
        super().__init__(surroundings, random, transcript)
        self._streams: list[Stream] = []
        self._to_server: list[Stream] = []
        self._accepts = True
        self._from_reference: Transcript | None = None

    def record_reference(self) -> Transcript:
        """From now on what the reference says is recorded here."""
        self._from_reference = Transcript(time.monotonic)
        return self._from_reference

    def _connection(self, server: Server, transcript: Transcript) -> Stream:
        """A new connection to a server, as this protocol has them."""
        raise NotImplementedError

    def connect(self) -> Stream:
        """A new connection; nothing is sent yet."""
        return self._hold(self._connection(self._around.server, self.transcript))

    def _hold(self, connection: Stream) -> Stream:
        """The connection, which is closed at the end of the check."""
        self._streams.append(connection)
        self._to_server.append(connection)
        connection.beside = self._to_server
        connection.attempt = self._around.attempt
        return connection

    def leave(self, connection: Stream) -> None:
        """Close a connection, now or when the server has ended: for checks that do not ask what it
        does when its client leaves. One that is known to compute from then on is left later."""
        if connection.ended or not self._stays(connection):
            connection.close()

    def may_stay(self, staying: int) -> bool:
        """Whether a client need not leave before the next one comes, while so many others of this
        check stay: only with a server that is known to compute for each that has left, and to serve
        as many at a time."""
        around = self._around
        return around.attempt.stays_beside(around.server.guests.count + staying)

    def _stays(self, connection: Stream) -> bool:
        """Whether the connection stays open, since that is known to disturb nobody."""
        attempt, guests = self._around.attempt, self._around.server.guests
        if not attempt.habits.spins:
            return False
        count = guests.count
        if connection.was_answered:
            attempt.habits.served_beside = max(attempt.habits.served_beside, count)
        return attempt.stays_beside(count) and connection.stays_with(guests)

    def connect_to(self, server: Server) -> Stream:
        """A new connection to another launch of the program, which is not recorded."""
        connection = self._connection(server, Transcript(lambda: 0.0, limit=0))
        self._streams.append(connection)
        return connection

    def connect_reference(self) -> Stream:
        """A new connection to the reference, which is not recorded unless that was asked for."""
        transcript = self._from_reference or Transcript(lambda: 0.0, limit=0)
        connection = self._connection(self._around.reference, transcript)
        self._streams.append(connection)
        return connection

    def close(self) -> None:
        super().close()
        for stream in self._streams:
            stream.close()
            stream.forget()
            stream.beside = ()

    @property
    def connection_count(self) -> int:
        """How many connections to the server this check has opened."""
        return len(self._to_server)

    @property
    def asked_at(self) -> int:
        """How many bytes the program had printed when the last request of this check began."""
        return max((stream.asked_at for stream in self._to_server), default=super().asked_at)

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

    def connect_accepted(self) -> Stream:
        """A new connection, made once all others are accepted, as long as that takes no more than
        `quiet`: clients that come one after the other must not overflow a short queue, which costs
        a second each time."""
        self._accepts = self._accepts and self.all_accepted()
        return self.connect()

    def next_to_answer(self, connections: Collection[Stream]) -> Stream:
        """The first of these open connections, unless others are answered while it is not: then the
        first of those.

        Who is faster does not count, only who is answered once the server is at rest (or `quiet`
        has passed). When nothing comes within the `answer` budget, the first of all: to read from
        it says why, without another wait.
        """
        poller, first = select.poll(), next(iter(connections))
        for connection in connections:
            poller.register(connection.fileno(), select.POLLIN)

        def some_answered(timeout_s: float) -> bool:
            return bool(poller.poll(timeout_s * 1000))

        budget_s = self.budgets.answer
        silent = first.silent_for(budget_s)
        if not self._around.attempt.sees(some_answered, self.deadline, budget_s, silent):
            first.give_up()
        first.settle()
        answered = {descriptor for descriptor, _ in poller.poll(0)}
        return next((one for one in connections if one.fileno() in answered), first)
