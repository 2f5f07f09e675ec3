"""Keeps one server running as long as it serves well, and starts a fresh one when it has to be."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from grader.check.failure import Failure, Kind
from grader.course.protocols import UDP
from grader.diagnosis import (
    NOTHING_SEEN,
    explain_limit,
    explain_printed,
    explain_stopped,
    explain_unawaited,
    lined,
)
from grader.errors import GraderError, MachineError, lack
from grader.program.ask_for_stacks import ask_for_stacks
from grader.program.datagram_server import DatagramServer
from grader.program.port import end_orphans, vacate
from grader.program.readiness import Readiness
from grader.program.served_directory import put_fixtures
from grader.program.server import Server
from grader.program.take_snapshot import (
    scene_of,
    what_it_complained_of,
    what_it_raised,
    what_was_not_awaited,
)
from grader.system.patience import Deadline, wait
from grader.system.processes import is_stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from grader.budgets import Budgets
    from grader.check.failure import AskedAgain, Hint
    from grader.course import Launch
    from grader.program.launch import Launcher
    from grader.program.program import Program
    from grader.program.served_directory import SharedFiles
    from grader.system.sockets import SocketTable

_SERVED = "$DIR"
"""What the commands by hand call the served directory, whose path is new each time."""
_BUSY_S = 0.05
"""So long a server is watched that may be busy for no reason."""
_OF_WAITING = frozenset({Kind.SILENCE, Kind.CONNECTION})
_WITHOUT_ANSWER = _OF_WAITING | {Kind.CLOSED, Kind.EXIT, Kind.START}


class Host:
    """The running server of a submission. Use as a context manager: it ends with the server
    killed."""

    def __init__(
        self,
        launcher: Launcher,
        launch: Launch,
        budgets: Budgets,
        sockets: SocketTable,
    ) -> None:
        self._launcher = launcher
        self._launch = launch
        self._budgets = budgets
        self._sockets = sockets
        self._program: Program | None = None
        self._server: Server | None = None
        self._begun: Program | Failure | GraderError | None = None
        self.files: SharedFiles | None = None
        self.arguments: Sequence[str] = ()
        """What the running program was started with, after its command."""
        self._lock = threading.Lock()
        self._left = False
        self._has_listened = False  # in any launch
        self.used = False
        """Whether the running server has served a check before."""

    def serve(self, launch: Launch, budgets: Budgets) -> None:
        """What follows is another stage. What runs goes on serving when it was launched in the way
        of this stage."""
        with self._lock:
            if launch != self._launch:
                self.stop()
                self.files, self._begun = None, None
            self._launch, self._budgets = launch, budgets

    def begin(self) -> None:
        """Launch the program, which comes to listen while the caller does something else. What is
        wrong is told by `server`, which would have launched it."""
        with self._lock:
            try:
                self._begun = self._launched()
            except (Failure, GraderError) as error:
                self._begun = error

    def server(self, *, fresh: bool) -> Server:
        """A running server; the one there is, unless a fresh one is asked for or it is no longer
        well.

        Raises `Failure` when the program does not come to listen, and `NotGraded` when there is
        nothing to start.
        """
        with self._lock:  # a check that runs beside the others may ask at the same time
            return self._running(fresh=fresh)

    def _running(self, *, fresh: bool) -> Server:
        if self._left:
            raise GraderError("the run is over")
        if (
            self._server is not None
            and not fresh
            and self._server.asked is None
            and self._server.program.alive
            and self._server.listening
        ):
            self.used = True
            return self._server
        begun, self._begun = self._begun, None
        if isinstance(begun, BaseException):
            raise begun
        program = begun or self._launched()
        try:
            self._server = self._listening(program)
        except Failure as failure:
            self._launcher.refuse(program, first=not self._has_listened)
            raise self._launcher.with_cause(failure, program) from failure
        self._has_listened = True
        return self._server

    def _launched(self) -> Program:
        self.stop()
        self.used = False
        vacate(self._sockets, self._launch.port)
        self._launcher.require_free_port(self._launch)
        self.arguments = self._arguments()
        root = self.files.root if self.files else None
        return self._launcher.launch(self.arguments, root, self._own)

    def _own(self, program: Program) -> None:
        self._program = program

    def _listening(self, program: Program) -> Server:
        """The server, once the program listens. Raises `Failure` when it does not."""
        readiness = Readiness(program, self._launch, self._sockets)
        address = readiness.wait(self._budgets.start)
        kind = DatagramServer if self._launch.transport == UDP else Server
        return kind(program, address, self._launch.port, self._sockets)

    def launched_again(self, asked: AskedAgain) -> tuple[str, Hint] | None:
        """What is told by the program, launched once more: as before, and then with a slash at the
        end of its directory; None where it tells nothing. Nobody needs the running program any
        more."""
        with self._lock:
            if self.files is None or self._left:
                return None
            directory = str(self.files.directory)
            with_slash = [f"{word}/" if word == directory else word for word in self.arguments]
            if self._is_right(asked, self.arguments):
                return asked.as_before
            return asked.with_slash if self._is_right(asked, with_slash) else None

    def _is_right(self, asked: AskedAgain, arguments: Sequence[str]) -> bool:
        """Whether the program gives the right answer, launched once more with these arguments."""
        self.stop()
        root = self.files.root if self.files else None
        try:
            vacate(self._sockets, self._launch.port)
            program = self._launcher.launch(arguments, root, self._own)
            self._server = self._listening(program)
            return asked.is_right(self._server)
        except (Failure, GraderError):  # the verdict stands without it
            return False
        finally:
            self.stop()

    def _arguments(self) -> Sequence[str]:
        if not self._launch.needs_directory:
            return self._launch.arguments
        self.files = self._launcher.shared_files()
        put_fixtures(self.files, self._launch.fixtures)
        return self._launch.arguments_for(self.files.directory)

    @property
    def has_ended(self) -> bool:
        """Whether the server that served last has ended by itself, unasked. One that no longer
        listens may be about to."""
        server = self._server
        if server is None or server.asked or (server.program.alive and server.listening):
            return False
        deadline = Deadline(self._budgets.close, server.look)
        return wait(server.program.wait_exit, deadline, server.still())

    @property
    def is_busy(self) -> bool:
        """Whether the running server wants the processor all the time."""
        if (server := self._server) is None:
            return False
        busy = server.busy(Deadline(_BUSY_S, server.look))
        return busy is not None and busy.spins

    @property
    def is_awake(self) -> bool:
        """Whether the running server does not come to rest soon."""
        server = self._server
        return server is not None and not server.comes_to_rest(Deadline(_BUSY_S, server.look))

    @property
    def port(self) -> int:
        return self._launch.port

    @property
    def declared_arguments(self) -> tuple[str, ...]:
        """Of the launch, as the course says them."""
        return self._launch.arguments

    def explained(self, failure: Failure, *, last: bool) -> Failure:
        """The failure, or the limit that was its cause; with the reason that the server stands
        still, if it does.

        last: the failure stands, and nobody needs the running program any more. Then it is asked
        for its lines, which ends it.
        """
        if self._program is None:
            return failure
        if hit := self._program.limit_hit():
            return explain_limit(hit)
        if failure.kind in _WITHOUT_ANSWER and (warned := what_was_not_awaited(self._program)):
            failure = explain_unawaited(failure, warned)
        look = self._program.look() if failure.kind in _OF_WAITING else None
        stopped = look is not None and is_stopped(look)
        scene = scene_of(self._program, {}) if stopped else NOTHING_SEEN
        if last and (stopped or failure.retell is not None):
            lines = ask_for_stacks(self._program)
            scene = lined(scene, lines)
            failure = failure.retell(lines) if failure.retell is not None else failure
        return explain_stopped(failure, scene.stopped()) if stopped else failure

    def add_what_it_printed(
        self, failure: Failure, since: int, exchanged: Iterable[str], *, within_s: float
    ) -> None:
        """Add to the failure what the program raised, or complained of, while it had the request.

        since: how many bytes it had printed when the request began. exchanged: lines that were
        sent or received. It is waited for until it rests, or so long: many print after they have
        answered.
        """
        program, server = self._program, self._server
        if program is None or server is None:
            return
        wait(program.wait_exit, Deadline(within_s, server.look), server.still())
        names = {str(self.files.directory): _SERVED} if self.files else {}
        raised = what_it_raised(program, since, names)
        explain_printed(failure, raised, what_it_complained_of(program, since, exchanged, names))

    def require_watched(self) -> None:
        """Raises `MachineError` when the last program could not be watched any more."""
        if self._program is not None and (fault := self._program.fault):
            raise MachineError(
                f"the program could not be watched: {lack(fault) or fault}"
            ) from fault

    def output_tail(self) -> bytes:
        """The end of what the last program printed, and what its build warned of."""
        printed = self._program.output.tail() if self._program is not None else b""
        warnings = self._launcher.warnings
        if not warnings:
            return printed
        told = "\n".join(["the compiler warned:", *warnings]).encode("utf-8", "surrogateescape")
        return b"\n".join([*([printed.rstrip(b"\n")] if printed else []), told])

    def stop(self) -> None:
        """Kill the running program, if there is one. The lock is the caller's."""
        if self._program is not None:
            self._program.kill()
        if self._server is not None:
            self._server.guests.leave()
        end_orphans(self._sockets, self._launch.port, self._server.ends if self._server else ())
        self._server = None

    def __enter__(self) -> Self:
        return self

    def leave(self) -> None:
        """Stop for good: whoever still waits for the server is told so."""
        with self._lock:
            self._left = True
            self.stop()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.leave()
