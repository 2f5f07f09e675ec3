"""The reference implementation as a process of its own: launched like a submission, reached where
none can reach it."""

from __future__ import annotations

import os
import socket
import sys
import threading
from typing import TYPE_CHECKING, Self

from grader.course.model import PYTHON, SOCKET
from grader.errors import MachineError
from grader.program.launch import watch
from grader.program.program import Program
from grader.program.served_directory import SharedFiles, put_fixtures
from grader.program.server import Server
from grader.system.patience import Deadline, wait
from grader.system.signals import held

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course import Course, Launch
    from grader.system.sockets import SocketTable

_START_S = 30.0
_STEP_S = 0.002
_DESCRIPTORS = "/proc/self/fd"


class Reference(Server):
    """A course's reference on a Unix socket in the grader's own scratch directory.

    It serves no files, unless it is given a launch that names a directory: then `files` are its
    own. on_demand: it is launched when somebody connects, and not already when the context is
    entered.
    """

    def __init__(
        self,
        course: Course,
        scratch: Path,
        sockets: SocketTable,
        launch: Launch | None = None,
        *,
        on_demand: bool = False,
    ) -> None:
        self._path = scratch / "reference.sock"
        self.files: SharedFiles | None = None
        arguments: tuple[str, ...] = ()
        if launch is not None and launch.needs_directory:
            (place := scratch / "reference-files").mkdir()
            self.files = SharedFiles(place)
            put_fixtures(self.files, launch.fixtures)
            arguments = launch.arguments_for(self.files.directory)
        self._command = [*map(self._word, course.reference), *arguments]
        self._directory = course.root
        self._table = sockets
        self._on_demand = on_demand
        self._launching = threading.Lock()  # a check that runs beside the others may ask, too
        self._launched = False
        self._ready = False
        self._nameless: int | None = None

    def begin(self) -> None:
        """Unless that is done: it comes to listen while something else happens."""
        with self._launching:
            if self._launched:
                return
            environment = {
                "PATH": os.environ.get("PATH", ""),
                "LANG": "C.UTF-8",
                "PYTHONDONTWRITEBYTECODE": "1",
            }
            with held():  # else one that is interrupted as it starts would be nobody's
                program = Program(self._command, directory=self._directory, environment=environment)
                super().__init__(program, str(self._path), 0, self._table)
                self._launched = True

    @property
    def runs(self) -> bool:
        """Whether it has begun, and not ended."""
        return self._launched and self.program.alive

    def _word(self, word: str) -> str:
        return word.replace(PYTHON, sys.executable).replace(SOCKET, str(self._path))

    def __enter__(self) -> Self:
        if not self._on_demand:
            self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """End it, and give its place free. Idempotent."""
        if self._launched:
            self.program.kill()
            self._path.unlink(missing_ok=True)
        if self._nameless is not None:
            os.close(self._nameless)
            self._nameless = None

    def seclude(self) -> None:
        """Wait until it listens, and take the socket's name away: who has no descriptor of it
        cannot connect any more.

        A program of our own user could ask the reference for its answers, whatever the access
        rights of a name. Raises `MachineError`. Where the system has no O_PATH, the name stays.
        """
        self._wait_ready()
        if self._nameless is None and hasattr(os, "O_PATH") and os.path.isdir(_DESCRIPTORS):
            self._nameless = os.open(self._path, os.O_PATH | os.O_CLOEXEC)
            self._path.unlink()

    def connect(self, timeout_s: float) -> socket.socket:
        self._wait_ready()
        return self._open(timeout_s)

    def _open(self, timeout_s: float) -> socket.socket:
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        opened.settimeout(timeout_s)
        try:
            named = (
                str(self._path) if self._nameless is None else f"{_DESCRIPTORS}/{self._nameless}"
            )
            opened.connect(named)
        except OSError:
            opened.close()
            raise
        return opened

    def _wait_ready(self) -> None:
        self.begin()
        if self._ready:
            return

        def ready(timeout_s: float) -> bool:
            return self._listens() or self.program.wait_exit(min(timeout_s, _STEP_S))

        if (
            not wait(ready, Deadline(_START_S, watch(self.program)), step_s=_STEP_S)
            or not self.program.alive
        ):
            if not self.program.alive:
                self.program.output.finish(1.0)  # what it said last may be on its way
            said = self.program.output.tail().decode(errors="replace").strip().splitlines()[-1:]
            raise MachineError(
                f"the course's reference does not start: {' '.join(said) or 'it printed nothing'}"
            )
        self._ready = True

    def _listens(self) -> bool:
        """Whether it takes connections. The socket's name is there a moment earlier: from bind(2)
        to listen(2)."""
        try:
            self._open(_STEP_S).close()
        except OSError:
            return False
        return True
