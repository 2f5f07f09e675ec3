"""The traceback of an error that nothing in the grader expects, in a file: for who mends it."""

from __future__ import annotations

import contextlib
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.errors import GraderError
    from grader.report.model import Event


class TracebackFile:
    """A reporter that writes nothing else, and nothing at all where all is well. path: of the file;
    empty for none."""

    def __init__(self, path: str) -> None:
        self._path = path

    def handle(self, event: Event) -> None:
        """Events are for others."""

    def close(self, error: GraderError | None = None) -> None:
        """An error whose cause is another one was not expected."""
        if error is not None and error.__cause__ is not None:
            self._write(error.__cause__)

    def around(self, run: Callable[[], int]) -> int:
        """What this returns; what ends it before there is a report is written, too."""
        try:
            return run()
        except Exception as error:
            self._write(error)
            raise

    def _write(self, error: BaseException) -> None:
        if self._path:
            text = "".join(traceback.format_exception(error))
            with contextlib.suppress(OSError):
                Path(self._path).write_text(text, encoding="utf-8", errors="backslashreplace")
