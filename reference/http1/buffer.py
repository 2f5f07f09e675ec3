"""The bytes that have arrived and have not been read yet."""

from .messages import HTTPError


class ReceiveBuffer:
    """Bytes go in at the end in any portions, and come out at the front as lines or counted runs.

    Every `take` answers None, and takes nothing, while more bytes are needed.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        # no line end before this point: a line arriving byte by byte is searched once
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

        Raises HTTPError with the status `too_long` when it is longer than `limit` bytes, whether
        its end has arrived or not, and with 400 when it ends in a bare LF: a proxy that reads the
        message differently would see other requests in it than we do (RFC 9112 2.2 and 11.2).
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
