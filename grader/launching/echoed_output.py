"""What a running program prints, shown as it comes among what we say ourselves: escaped, in letters
of the terminal."""

from __future__ import annotations

import codecs
import threading
from typing import TYPE_CHECKING, TextIO

from grader.text.escape import no_command, printable

if TYPE_CHECKING:
    from collections.abc import Sequence


class EchoedOutput:
    """Writes a program's output to `stream`, and our own lines. `lost` is true once nobody can read
    it any more.

    They come from two threads, and a text stream loses letters when two write at a time.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._encoding = stream.encoding or "utf-8"
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self._held = ""
        self._line_is_open = False  # what the program printed last did not end its line
        self.lost = False

    def say(self, lines: Sequence[str]) -> None:
        """Our own lines, never behind a line that the program has not ended. Raises OSError when
        nobody can read them."""
        with self._lock:
            text = "".join(f"{no_command(line)}\n" for line in lines)
            self._stream.write(f"\n{text}" if self._line_is_open else text)
            self._line_is_open = False
            self._stream.flush()

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
            with self._lock:
                self._stream.write(
                    shown.encode(self._encoding, "backslashreplace").decode(self._encoding)
                )
                self._line_is_open = not shown.endswith("\n")
                self._stream.flush()
        except (OSError, ValueError):  # the reader has left, or the stream is closed
            self.lost = True
