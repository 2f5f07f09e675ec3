"""Owns how the terminal report looks: width, marks, colours, and what its encoding can carry."""

from __future__ import annotations

import click

from grader.text.escape import no_command, printable
from grader.value import Value

ALL_HINTS = 99
MOST_CHARACTERS = 4000  # of one sentence: what a server sent may be quoted in it


class Mark(Value, frozen=True):
    """How one outcome is marked: by a symbol where the encoding has it, by a word and a colour
    everywhere."""

    symbol: str
    word: str
    colour: str | None = None


MARKS = {
    "passed": Mark("✓", "ok", "green"),
    "failed": Mark("✗", "FAIL", "red"),
    "note": Mark("•", "note", "yellow"),
    "skipped": Mark("-", "skip", "cyan"),
    "errored": Mark("!", "error", "magenta"),
    "running": Mark("·", "...", "cyan"),
}
_SYMBOLS = "".join(mark.symbol for mark in MARKS.values())
_WORD_WIDTH = max(len(mark.word) for mark in MARKS.values()) + 1


class Style(Value, frozen=True):
    """verbosity: -1 quiet, 0 ordinary, 1 everything. width: of a line, in columns. hints: how many
    steps of its hint a failure shows."""

    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    verbosity: int = 0
    hints: int = 0

    @property
    def verbose(self) -> bool:
        return self.verbosity > 0

    @property
    def quiet(self) -> bool:
        return self.verbosity < 0

    def text(self, raw: str, *, keep: str = "") -> str:
        """`raw` as it may be written here: bounded, no controls, in letters the encoding has."""
        kept = raw[:MOST_CHARACTERS]
        left = len(raw) - len(kept)
        safe = printable(kept, keep=keep) + (f"... [{left} more characters]" if left else "")
        # The escape is a part of the text before it is measured: what is written has it.
        safe = "\n".join(map(no_command, safe.split("\n")))
        return safe.encode(self.encoding, "backslashreplace").decode(self.encoding)

    def paint(self, text: str, colour: str | None, *, bold: bool = False) -> str:
        """`text` in a colour, if colours are wanted; its columns do not change."""
        if not self.color or not text or (colour is None and not bold):
            return text
        return click.style(text, fg=colour, bold=bold or None)

    def mark(self, name: str) -> str:
        """The mark that opens a line, plain and with its blanks: as wide for every name."""
        mark = MARKS[name]
        symbol = f"{mark.symbol} " if encodes(self.encoding, _SYMBOLS) else ""
        return f"  {symbol}{mark.word:<{_WORD_WIDTH}} "

    def marked(self, name: str, line: str) -> str:
        """`line`, which opens with the mark of `name`, with that mark painted."""
        mark = self.mark(name)
        return self.paint(mark, MARKS[name].colour, bold=name == "failed") + line[len(mark) :]


def encodes(encoding: str, text: str) -> bool:
    """Whether a stream of that encoding can carry `text`."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
