"""What a run looks like on a stream: the terminal report's output as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from grader.reporters.terminal import Terminal

if TYPE_CHECKING:
    from grader.errors import GraderError
    from grader.report.model import Event


def terminal_text(
    events: list[Event],
    *,
    encoding: str = "utf-8",
    color: bool = False,
    verbosity: int = 0,
    width: int = 80,
    live: bool = False,
    hints: int = 0,
    error: GraderError | None = None,
) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    reporter = Terminal(
        stream, color=color, verbosity=verbosity, width=width, live=live, hints=hints
    )
    for event in events:
        reporter.handle(event)
    reporter.close(error)
    return raw.getvalue().decode(encoding)
