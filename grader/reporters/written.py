"""Owns the terminal report as a file: in full, all hints, no colour, written at the end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from grader.reporters.terminal import Terminal
from grader.text.style import ALL_HINTS

if TYPE_CHECKING:
    from grader.errors import GraderError
    from grader.report.model import Event
    from grader.reporters.destination import Destination


class WrittenTerminal:
    """What a terminal would have shown, each failure in full, kept in memory until the run ends."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._text = io.StringIO()
        self._terminal = Terminal(self._text, hints=ALL_HINTS, folded=False)

    def handle(self, event: Event) -> None:
        """Take the next event."""
        self._terminal.handle(event)

    def close(self, error: GraderError | None = None) -> None:
        """Write the whole."""
        self._terminal.close(error)
        self._destination.write(self._text.getvalue())
