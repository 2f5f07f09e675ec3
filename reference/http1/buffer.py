"""The bytes that have arrived and are not read yet, and how many of them this server holds.

TCP is a stream: it keeps the order of the bytes and forgets how they were cut into pieces. One
`recv` may return half a line, or three requests at once. So every part of this package works the
same way: bytes are appended at the end, a reader takes what it needs from the front, and `None`
means "more bytes are needed, ask again after the next `recv`".
"""

from dataclasses import dataclass

from .messages import HTTPError


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest accepted parts of a request, in bytes, and the status that refuses a larger one.

    Without limits, one client that never ends its line could fill the memory (RFC 9110 17.5).
    """

    target: int = 64 * 1024  # 414 (RFC 9110 15.5.15)
    fields: int = 64 * 1024  # 431 (RFC 6585 5): all header lines together
    body: int = 16 * 1024 * 1024  # 413 (RFC 9110 15.5.14)
    chunk_line: int = 4 * 1024  # 400: the size of a chunk and its extensions


class ReceiveBuffer:
    """Bytes go in at the end in any portions, and come out at the front as lines or counted runs.

    Every `take` answers None, and takes nothing, while more bytes are needed.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        # No line ends before this point. A line that arrives byte by byte is searched only once.
        self._searched = 0

    def __len__(self) -> int:
        return len(self._bytes)

    def append(self, data: bytes) -> None:
        """Add what has just arrived."""
        self._bytes += data

    def take(self, count: int) -> bytes | None:
        """Exactly `count` bytes."""
        if len(self._bytes) < count:
            return None
        taken = bytes(self._bytes[:count])
        del self._bytes[:count]
        self._searched = 0
        return taken

    def take_line(self, limit: int, *, too_long: int) -> bytes | None:
        """One line without its CRLF.

        Raises HTTPError with the status `too_long` when the line is longer than `limit` bytes,
        whether its end has arrived or not. Raises HTTPError 400 when the line ends in a bare LF: a
        proxy that reads the message differently would see other requests in it than we do (RFC
        9112 2.2 and 11.2).
        """
        end = self._bytes.find(b"\n", self._searched)
        arrived = end if end >= 0 else len(self._bytes)
        ends_in_cr = arrived > 0 and self._bytes[arrived - 1] == ord("\r")
        if arrived - ends_in_cr > limit:
            raise HTTPError(too_long, f"a line is longer than the {limit} bytes left for it")
        if end < 0:
            self._searched = len(self._bytes)
            return None
        line = self.take(end + 1) or b""
        if not line.endswith(b"\r\n"):
            raise HTTPError(400, "a line ends with LF alone: HTTP lines end with CR LF")
        return line[:-2]
