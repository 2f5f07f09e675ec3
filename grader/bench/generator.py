"""Runs a load generator in the network of the servers, bounded, and looks at the connections
meanwhile.

The grader is in the network in which it launches programs (`grader.isolation`), and so is what it
starts itself. A generator reads what a hostile server sends, so it has no privileges: it is the
user whom programs run as, where that is another one, has no capability, and its limits.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Final

from grader.bench.figures import UnreadOutput
from grader.bench.held import ConnectionLook, held, look_at
from grader.bench.result import Measurement
from grader.errors import MachineError, lack
from grader.isolation.limits import die_with, restrain, threads_of
from grader.isolation.syscalls import drop_capabilities, empty_bounding_set
from grader.system.signals import held as signals_held
from grader.system.signals import release
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.bench.tools import LoadOrder, LoadTool
    from grader.isolation.user import User
    from grader.limits import Limits
    from grader.program.server import Server
    from grader.system.sockets import SocketTable

_MOST_PRINTED: Final = 1 << 20
_MOST_LOGGED: Final = 64 << 20
_LOOKS: Final = 8
_FIRST, _LAST = 0.3, 0.95
"""When the looks begin and end, as parts of a run: not while connections are still made."""


class Generator(Value, frozen=True):
    """A load generator, and what it may do. scratch: a directory of ours for what it writes. user:
    who it runs as; None for our own user."""

    tool: LoadTool
    program: str
    scratch: Path
    sockets: SocketTable
    limits: Limits
    user: User | None

    def run(self, order: LoadOrder, server: Server) -> Measurement:
        """Load the server, and look at it meanwhile. Raises `MachineError` when the generator
        cannot be started, or prints what no version of it is known to."""
        path = self.scratch / "load-log"
        # what is read is what was opened, whatever has its name by then
        with open(path, "w+b") as log, TemporaryFile(dir=self.scratch) as printed:
            if self.user is not None:
                self.user.owns(log.fileno())
            command = [self.program, *self.tool.words(order, path)]
            status, looks = self._loaded(command, order, server, printed)
            if status is None:
                why = f"{self.tool.name} did not end within {order.longest_s} s"
                return Measurement(None, held(looks), why)
            try:
                said = _text(printed, _MOST_PRINTED)
                return Measurement(self.tool.read(said, _text(log, _MOST_LOGGED)), held(looks))
            except UnreadOutput as error:
                if not status:
                    raise MachineError(
                        f"what {self.tool.name} printed cannot be read: {error}"
                    ) from error
                return Measurement(None, held(looks), f"{self.tool.name} ended without figures")

    def _loaded(
        self, command: Sequence[str], order: LoadOrder, server: Server, printed: IO[bytes]
    ) -> tuple[int | None, Sequence[ConnectionLook]]:
        """Its exit status, None where it has not ended by itself, and the looks."""
        ours, others = os.getpid(), threads_of(self.user.uid if self.user else os.getuid())
        try:
            with signals_held():
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.DEVNULL,
                    cwd="/", env={"PATH": "/nonexistent", "LANG": "C.UTF-8"},
                    preexec_fn=lambda: self._confine(ours, others),
                )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            why = lack(error) or error
            raise MachineError(f"{self.tool.name} cannot be started: {why}") from error
        try:
            looks = self._looks(order, server, process)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(order.longest_s)
            return process.returncode, looks
        finally:
            process.kill()
            process.wait()

    def _looks(
        self, order: LoadOrder, server: Server, process: subprocess.Popen[bytes]
    ) -> Sequence[ConnectionLook]:
        began, looks = time.monotonic(), list[ConnectionLook]()
        for number in range(_LOOKS):
            at_s = order.seconds * (_FIRST + (_LAST - _FIRST) * number / (_LOOKS - 1))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(began + at_s - time.monotonic(), 0.0))
                break
            found = self.sockets.look(port=server.port, counted=True)
            if found is not None:
                ends = (end for end in found if end.port == server.port)
                looks.append(look_at(ends, time.monotonic() - began))
        return looks

    def _confine(self, ours: int, others: int) -> None:
        """In the child, before the generator."""
        release()
        if sys.platform == "linux":
            empty_bounding_set()
        if self.user is not None:
            self.user.become()
        elif sys.platform == "linux":
            drop_capabilities()
        die_with(ours)
        restrain(self.limits, others=others)


def _text(file: IO[bytes], most: int) -> str:
    file.seek(0)
    return file.read(most).decode("utf-8", "replace")
