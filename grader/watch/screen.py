"""Where a watch writes, between the lines of its runs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from grader.reporters.terminal import is_live
from grader.text.layout import hang
from grader.text.live_lines import CLEAR
from grader.text.style import encodes
from grader.watch import plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.text.style import Style


class WatchScreen:
    """Where the watch writes, between the lines of its runs."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self.style = style
        self._stream = stream

    def say(self, *sentences: str, dim: bool = False) -> None:
        """Each sentence on lines of its own, in place of a line that a run has left."""
        self._write(self._said(*sentences, dim=dim))

    def items(self, texts: Sequence[str]) -> None:
        """Each text as an item of a list."""
        style = self.style
        self.lines([line for text in texts for line in hang("- ", style.text(text), style.width)])

    def headline(self, says: str) -> None:
        """What begins now, ruled off from what was before."""
        self._write(self._headline(says))

    def headline_for_later(self, says: str) -> str:
        """The same for another process to write here."""
        return self._in_place(self._headline(says))

    def _headline(self, says: str) -> str:
        dash = "─" if encodes(self.style.encoding, "─") else "-"
        at = time.strftime("%H:%M:%S")
        return self._said("", plan.headline(at, self.style.text(says), self.style.width, dash))

    def _said(self, *sentences: str, dim: bool = False) -> str:
        style = self.style
        lines = [line for text in sentences for line in hang("", style.text(text), style.width)]
        colour = "bright_black" if dim else None
        return "".join(f"{style.paint(line, colour, bold=not dim)}\n" for line in lines)

    def lines(self, lines: Sequence[str]) -> None:
        self._write("".join(f"{line}\n" for line in lines))

    def ask(self, question: str) -> None:
        """A line that is not ended: what is typed changes it."""
        self._write(question)

    def _write(self, text: str) -> None:
        self._stream.write(self._in_place(text))
        self._stream.flush()

    def _in_place(self, text: str) -> str:
        return (CLEAR if is_live(self._stream) else "") + text
