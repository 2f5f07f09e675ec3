"""What a check of any protocol holds: one server, its files, randomness, and what it opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field

from grader.net.tries import Try, Undecided
from grader.program.watchdog import usage
from grader.system import processes
from grader.system.patience import Deadline, wait
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from grader.budgets import Budgets
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Transcript
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
        self.ends_before_rest()

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

    def ends_before_rest(self) -> bool:
        """Wait until the program rests (or `quiet` has passed): whether it has ended before."""
        server, quiet_s = self._around.server, self.budgets.quiet
        exits = server.program.wait_exit
        return self._around.attempt.waits_for_rest(exits, self.deadline, quiet_s, server.still())

    @property
    def rests(self) -> bool:
        """Whether the program was seen at rest when that was waited for last."""
        return self._around.attempt.in_vain == 0

    def descriptors(self, at_most: int | None = None) -> int | None:
        """How many file descriptors the server's processes hold, once they have come to rest; with
        `at_most`, once there are no more than that, or twice the `answer` budget has passed: many
        close their sockets later. Who sleeps as long closes none. Who computes all the time is
        waited for half as long, and for a tenth where it has read those connections to their ends.
        """
        server = self._around.server
        self.ends_before_rest()

        def count() -> int | None:
            return processes.descriptor_count(server.program.tree())

        def few() -> bool:
            return at_most is None or (now := count()) is None or now <= at_most

        if not few():
            if self._around.attempt.first and not self.rests:
                raise Undecided  # for long, perhaps, and once more on a fresh launch
            asleep = server.asleep_for(budget_s := self._until_closed_s(at_most or 0, count() or 0))
            exits = server.program.wait_exit
            self._around.attempt.sees(exits, self.deadline, budget_s, lambda: asleep() or few())
        return count()

    def _until_closed_s(self, at_most: int, count: int) -> float:
        answer_s = self.budgets.answer
        if self.rests:
            return 2 * answer_s
        return answer_s / 5 if self._around.server.kept_ends() >= count - at_most else answer_s

    def memory(self) -> int | None:
        """The resident bytes of the server's processes; None where the system does not say."""
        return usage(self._around.server.program.tree()).memory or None

    def close(self) -> None:
        """Close everything that is still open."""
        for opened in self._to_close:
            opened.close()
