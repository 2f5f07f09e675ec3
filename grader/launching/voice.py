"""What a running program prints, shown as it comes: escaped, in letters that the terminal has."""

from __future__ import annotations

import codecs
from typing import TextIO

from grader.escape import printable


class Voice:
    """Writes a program's output to `stream`. `lost` is true once nobody can read it any more."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._encoding = stream.encoding or "utf-8"
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self._held = ""
        self.lost = False

    def hear(self, data: bytes) -> None:
        """The next piece of what was printed. A CR waits for the LF that may follow it."""
        text = self._held + self._decoder.decode(data)
        self._held = "\r" if text.endswith("\r") else ""
        self._write(text.removesuffix("\r"))

    def end(self) -> None:
        """What was held back."""
        self._write(self._held + self._decoder.decode(b"", final=True))
        self._held = ""

    def _write(self, text: str) -> None:
        shown = printable(text.replace("\r\n", "\n"), keep="\n\t")
        if self.lost or not shown:
            return
        try:
            self._stream.write(shown.encode(self._encoding, "backslashreplace").decode(self._encoding))
            self._stream.flush()
        except (OSError, ValueError):  # the reader has left, or the stream is closed
            self.lost = True
