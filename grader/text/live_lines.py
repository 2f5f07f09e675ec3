"""Owns how lines come onto a terminal while a run happens: those that stay, and the one that is
replaced in place."""

from __future__ import annotations

from typing import TextIO

from grader.text.escape import no_command

CLEAR = "\r\x1b[K"
"""Back to the first column, and nothing on the line (ECMA-48: CR, EL)."""


class LiveLines:
    """Writes whole lines to `stream`. live: also show a line that the next one replaces (only where
    it is a terminal).

    A heading can be held back until there is something to say below it.
    """

    def __init__(self, stream: TextIO, *, live: bool) -> None:
        self._stream = stream
        self._live = live
        self._heading: list[str] = []
        self._standing = False  # whether a line stands that is to be replaced

    def hold(self, *heading: str) -> None:
        """Keep these lines until the next `say`, instead of what was held, if anything."""
        self._heading = list(heading)

    def say(self, lines: list[str]) -> None:
        """Write lines that stay, if there are any, below the heading."""
        if lines:
            heading, self._heading = self._heading, []
            self.write([*heading, *lines])

    def release(self) -> None:
        """Write the heading, though nothing is said below it yet."""
        heading, self._heading = self._heading, []
        self.write(heading)

    def write(self, lines: list[str]) -> None:
        """Write lines that stay, in place of the one that is replaced; what is held stays held."""
        clear, self._standing = CLEAR if self._standing else "", False
        self._stream.write(clear + "".join(f"{no_command(line)}\n" for line in lines))
        self._stream.flush()

    def show(self, line: str) -> None:
        """Write a line that the next one replaces."""
        if self._live:
            self._standing = True
            self._stream.write(CLEAR + line)
            self._stream.flush()
