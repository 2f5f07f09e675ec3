"""Keeps one server running for a stage's checks, and starts a fresh one when a check needs it or the last one broke."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from grader.budgets import Budgets
from grader.course import Launch
from grader.errors import GraderError
from grader.kernel.sockets import SocketTable
from grader.shared_files import SharedFiles
from grader.submission.launch import Launcher
from grader.submission.program import Program
from grader.submission.readiness import Readiness
from grader.submission.server import Server


class Host:
    """The running server of one stage. Use as a context manager: it ends with the server killed."""

    def __init__(self, launcher: Launcher, launch: Launch, budgets: Budgets, sockets: SocketTable) -> None:
        self._launcher = launcher
        self._launch = launch
        self._budgets = budgets
        self._sockets = sockets
        self._program: Program | None = None
        self._server: Server | None = None
        self.files: SharedFiles | None = None
        self._lock = threading.Lock()
        self._left = False
        self.used = False
        """Whether the running server has served a check before."""

    def server(self, *, fresh: bool) -> Server:
        """A running server; the one there is, unless a fresh one is asked for or it is no longer well.

        Raises `Failure` when the program does not come to listen.
        """
        with self._lock:  # a check that runs beside the others may ask at the same time
            return self._running(fresh=fresh)

    def _running(self, *, fresh: bool) -> Server:
        if self._left:
            raise GraderError("the stage is over")
        if self._server is not None and not fresh and self._server.program.alive and self._server.listening:
            self.used = True
            return self._server
        self.stop()
        self.used = False
        self._launcher.require_free_port(self._launch.port)
        self._program = self._launcher.launch(self._arguments(), self.files.root if self.files else None)
        address = Readiness(self._program, self._launch.port, self._sockets).wait(self._budgets.start)
        self._server = Server(self._program, address, self._launch.port, self._sockets)
        return self._server

    def _arguments(self) -> Sequence[str]:
        if not self._launch.needs_directory:
            return self._launch.arguments
        self.files = SharedFiles(self._launcher.shared_directory())
        return self._launch.arguments_for(self.files.directory)

    @property
    def port(self) -> int:
        return self._launch.port

    def output_tail(self) -> bytes:
        """The end of what the last program printed."""
        return self._program.output.tail() if self._program is not None else b""

    def stop(self) -> None:
        """Kill the running program, if there is one. The lock is the caller's."""
        if self._program is not None:
            self._program.kill()
        self._server = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            self._left = True
            self.stop()
