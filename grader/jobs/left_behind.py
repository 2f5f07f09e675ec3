"""What a grading leaves in a directory of its own for the class that keeps it: the outline of its
report, and the traceback of an error that nothing in the grader expects."""

from __future__ import annotations

import contextlib
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.book.outline import outline_of
from grader.reporters.destination import Destination
from grader.reporters.rendered import Rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.errors import GraderError
    from grader.report.model import Event, Report

OUTLINE: Final = "outline"
TRACEBACK: Final = "traceback"


class LeftBehind:
    """A reporter that writes both. place: the directory; empty where nobody keeps anything. The
    outline is made here and not by who keeps it: to read the whole report takes ten times as
    long."""

    def __init__(self, place: str) -> None:
        self._place = Path(place) if place else None
        self._outline = place and Rendered(_text, Destination(Path(place) / OUTLINE))

    def handle(self, event: Event) -> None:
        """Take the next event."""
        if self._outline:
            self._outline.handle(event)

    def close(self, error: GraderError | None = None) -> None:
        """An error whose cause is another one was not expected."""
        if error is not None and error.__cause__ is not None:
            self._write(error.__cause__)
        if self._outline:
            self._outline.close(error)

    def around(self, run: Callable[[], int]) -> int:
        """What this returns; what ends it before there is a report is written, too."""
        try:
            return run()
        except Exception as error:
            self._write(error)
            raise

    def _write(self, error: BaseException) -> None:
        if self._place is not None:
            text = "".join(traceback.format_exception(error))
            with contextlib.suppress(OSError):
                (self._place / TRACEBACK).write_text(
                    text, encoding="utf-8", errors="backslashreplace"
                )


def _text(report: Report) -> str:
    return outline_of(report).decode()
