"""Owns what becomes of a report that nobody reads any more: the run goes on without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from grader.system.ending import forget

if TYPE_CHECKING:
    from grader.errors import GraderError
    from grader.report.model import Event
    from grader.reporters import Reporter


class UntilUnheard:
    """A reporter that writes to `stream` as `reporter` does, until whoever reads that has left: as
    in `grade server.py | head`. What the run comes to is still its exit code."""

    def __init__(self, reporter: Reporter, stream: TextIO) -> None:
        self._reporter = reporter
        self._stream = stream
        self._heard = True

    def handle(self, event: Event) -> None:
        if self._heard:
            try:
                self._reporter.handle(event)
            except BrokenPipeError:
                self._leave()

    def close(self, error: GraderError | None = None) -> None:
        if self._heard:
            try:
                self._reporter.close(error)
            except BrokenPipeError:
                self._leave()

    def _leave(self) -> None:
        self._heard = False
        forget(self._stream)
