"""Owns what becomes of a report that nobody reads any more: the run goes on without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from grader.system.ending import forget

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.errors import GraderError
    from grader.report.model import Event, RunStarted
    from grader.reporters.terminal import Terminal


class UntilUnheard:
    """Writes to `stream` what the terminal report does, until whoever reads that has left: as in
    `grade server.py | head`. What the run comes to is still its exit code."""

    def __init__(self, terminal: Terminal, stream: TextIO) -> None:
        self._terminal = terminal
        self._stream = stream
        self._heard = True

    def announce(self, started: RunStarted) -> None:
        self._while_heard(lambda: self._terminal.announce(started))

    def handle(self, event: Event) -> None:
        self._while_heard(lambda: self._terminal.handle(event))

    def close(self, error: GraderError | None = None) -> None:
        self._while_heard(lambda: self._terminal.close(error))

    def _while_heard(self, write: Callable[[], None]) -> None:
        if self._heard:
            try:
                write()
            except BrokenPipeError:
                self._heard = False
                forget(self._stream)
