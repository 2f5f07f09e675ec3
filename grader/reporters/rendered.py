"""Owns the reporter of formats that are rendered whole: follows the run, writes at its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.report.model import Event, Report, RunFinished, RunStarted, StageFinished
from grader.report.partial import Partial

if TYPE_CHECKING:
    from grader.errors import GraderError
    from grader.reporters.destination import Destination

Render = Callable[[Report], str]


class Written:
    """Has `write` write the report to `destination`, once: of the run, or of as much as there
    was."""

    def __init__(
        self,
        write: Callable[[Report, Destination], None],
        destination: Destination,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write_report = write
        self._destination = destination
        self._clock = clock
        self._began = clock()
        self._partial = Partial()
        self._written = False

    def handle(self, event: Event) -> None:
        """Follow the run; write when it is finished."""
        self._partial = self._partial.after(event)
        if isinstance(event, RunFinished):
            self._write(event.report)

    def close(self, error: GraderError | None = None) -> None:
        """Write what there is if the run was interrupted, or ended by `error`."""
        report = self._partial.broken_off(error, self._clock() - self._began)
        if report is not None and not self._written:
            self._write(report)

    def _write(self, report: Report) -> None:
        self._written = True
        self._write_report(report, self._destination)


class Rendered(Written):
    """The same, where the report is a text: `render(report)`."""

    def __init__(
        self,
        render: Render,
        destination: Destination,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(
            lambda report, place: place.write(render(report)), destination, clock=clock
        )


class Whole(Rendered):
    """The same with what is hidden from learners: the teacher's."""


class RenderedAsItGoes(Rendered):
    """Writes, too, what there is after each stage: for a consumer that may end the run.

    so_far: renders a run that goes on.
    """

    def __init__(self, render: Render, destination: Destination, so_far: Render) -> None:
        super().__init__(render, destination)
        self._so_far = so_far

    def handle(self, event: Event) -> None:
        """As before; and write what there is, where a stage is finished."""
        super().handle(event)
        if isinstance(event, RunStarted | StageFinished) and self._destination.path is not None:
            report = self._partial.broken_off(None, self._clock() - self._began)
            if report is not None:
                self._destination.write(self._so_far(report))
