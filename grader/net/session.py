"""What a check of any protocol holds: one server, its files, randomness, and what it opened."""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import field

from grader.check.transcript import Transcript
from grader.net.recorded import RecordedStream
from grader.net.tries import Try
from grader.program.watchdog import usage
from grader.system import processes
from grader.system.patience import Deadline, wait
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import Protocol

    from grader.budgets import Budgets
    from grader.check.random_inputs import RandomInputs
    from grader.program.reference import Reference
    from grader.program.served_directory import SharedFiles
    from grader.program.server import Server
    from grader.program.stopping import StopSignal

    class Closable(Protocol):
        """What a check has opened: closing it twice does no harm."""

        def close(self) -> None: ...


class Surroundings(Value, frozen=True):
    """What a check is given: the server, its files, the reference, the budgets, and what the server
    was started with after its command. printed: how many bytes the program had printed when the
    check began. attempt: how patient this try of the check is."""

    server: Server
    files: SharedFiles | None
    reference: Reference
    budgets: Budgets
    arguments: Sequence[str] = ()
    printed: int = 0
    attempt: Try = field(default_factory=Try)


class ServerSession:
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
        self._to_close: list[Closable] = []

    @property
    def files(self) -> SharedFiles:
        """The directory that the server was launched with."""
        if self._around.files is None:
            raise LookupError("this stage's launch has no {directory}")
        return self._around.files

    @property
    def reference_files(self) -> SharedFiles | None:
        """The directory that the reference serves; None where it serves none."""
        return self._around.reference.files

    @property
    def has_files(self) -> bool:
        """Whether the server was launched with a directory."""
        return self._around.files is not None

    @property
    def arguments(self) -> Sequence[str]:
        """What the program was started with, after its command: ("--directory", "/tmp/x")."""
        return self._around.arguments

    @property
    def server(self) -> Server:
        """The running server: its process and its listening socket."""
        return self._around.server

    @property
    def asked_at(self) -> int:
        """How many bytes the program had printed when the last request of this check began."""
        return self._around.printed

    def printed(self) -> bytes:
        """What the program has printed since this check began, on standard output and standard
        error, as far as it is kept (the last 256 KiB). Line ends are LF."""
        return self._around.server.program.output.since(self._around.printed)

    def prints(self, found: Callable[[bytes], bool]) -> bool:
        """Whether what the program has printed since this check began is, or becomes within the
        `answer` budget, what is looked for: many print after they have answered. False at once
        when it has ended, or can be seen to sleep as long."""
        server, budget_s = self._around.server, self.budgets.answer
        asleep = server.asleep_for(budget_s)

        def ready(timeout_s: float) -> bool:
            server.program.wait_exit(timeout_s)
            return found(self.printed())

        def hopeless() -> bool:
            return not server.program.alive or asleep()

        return found(self.printed()) or wait(ready, self.deadline(budget_s), hopeless, step_s=0.001)

    def stop(self, number: StopSignal = "SIGTERM") -> None:
        """Ask the program to stop, as an init does (SIGTERM) or Ctrl-C (SIGINT), and wait until it
        has heard of it: until it has ended or rests again (or `quiet` has passed).

        The process that listens gets the signal, once; a shell above it gets none. Only for a check
        with `own_launch`.
        """
        server = self._around.server
        self.transcript.signal(number)
        server.stop(number)
        wait(server.program.wait_exit, self.quiet(), server.still(), step_s=0.001)

    def stops_listening(self, seconds: float) -> bool:
        """Whether nobody listens on the port any more within so many seconds; False at once when
        the program can be seen to sleep longer, or when that cannot be seen."""
        server = self._around.server

        def gone(timeout_s: float) -> bool:
            return server.program.wait_exit(timeout_s) or not server.listening

        return wait(gone, self.deadline(seconds), server.asleep_for(seconds), step_s=0.001)

    def quiet(self) -> Deadline:
        """The `quiet` budget, beginning now."""
        return self.deadline(self.budgets.quiet)

    def deadline(self, seconds: float) -> Deadline:
        """So many seconds of time that the server is able to run, beginning now."""
        return Deadline(seconds, self._around.server.look)

    def descriptors(self, at_most: int | None = None) -> int | None:
        """How many file descriptors the server's processes hold, once they have come to rest; with
        `at_most`, once there are no more than that, or twice the `answer` budget has passed: many
        close their sockets later. Who sleeps as long closes none."""
        server = self._around.server
        wait(server.program.wait_exit, self.quiet(), server.still(), step_s=0.001)

        def count() -> int | None:
            return processes.descriptor_count(server.program.tree())

        def few() -> bool:
            return at_most is None or (now := count()) is None or now <= at_most

        if not few():
            budget_s = 2 * self.budgets.answer
            asleep = server.asleep_for(budget_s)
            exits = server.program.wait_exit
            self._around.attempt.sees(exits, self.deadline, budget_s, lambda: asleep() or few())
        return count()

    def memory(self) -> int | None:
        """The resident bytes of the server's processes; None where the system does not say."""
        return usage(self._around.server.program.tree()).memory or None

    def close(self) -> None:
        """Close everything that is still open."""
        for opened in self._to_close:
            opened.close()


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
