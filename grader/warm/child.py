"""A child that somebody else has forked for us, with the methods of `subprocess.Popen` that its
users need."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
from typing import Final

UNKNOWN: Final = -signal.SIGKILL
"""The exit code of a child whose keeper was killed before it could tell."""

_LONGEST_CODE = 64


class ForkedChild:
    """A process that a keeper has forked. told: where the keeper tells how it ended; as long as we
    have not heard that, nobody else gets its number."""

    def __init__(self, pid: int, told: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._told = told

    def fileno(self) -> int:
        """For select: readable once it has ended. Of use as long as `returncode` is None."""
        return self._told

    def poll(self) -> int | None:
        """Its exit code, or None as long as it runs; negative for a signal."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            code = os.read(self._told, _LONGEST_CODE)
            self.returncode = int(code) if code else UNKNOWN
            os.close(self._told)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            select.select([self._told], [], [], timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        """Nobody gets it in its place once it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
