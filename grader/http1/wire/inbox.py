"""Owns the bytes of the message being read: how far they are read, and where the line ends."""

import re

from grader.http1.wire.malformed import Incomplete, Malformed, Rule
from grader.http1.wire.rules import end, head
from grader.value import Value

# What ends a line, rightly or wrongly; a \r that is the last byte so far may still become \r\n.
_STOP = re.compile(rb"\r\n|\r(?!\Z)|[\x00-\x08\n-\x0c\x0e-\x1f\x7f]")
_LITERAL = re.compile(rb"\\r\\n|\\[rn]\Z")


class ReadLimits(Value, frozen=True):
    """How much of an answer is read before it counts as endless; bytes, except `headers` and
    `interim` (numbers).
    """

    head: int = 256 * 1024
    headers: int = 4096
    chunk_line: int = 4096
    body: int = 64 * 1024 * 1024
    interim: int = 100


DEFAULT_LIMITS = ReadLimits()


class Inbox:
    """A buffer whose index 0 is the first byte of the message, and which never looks at a byte
    twice for a line end.

    `data` is everything since then, `position` what has been read of it, `start` the offset of
    index 0 in everything the connection delivered, and `ended` says that nothing more will come.
    """

    def __init__(self) -> None:
        self.data = bytearray()
        self.position = 0
        self.start = 0
        self.ended = False
        self._scanned = 0

    def __len__(self) -> int:
        return len(self.data)

    @property
    def until(self) -> str:
        """How a sentence on missing bytes ends: whether more could still have come."""
        return " before the connection was closed" if self.ended else ""

    def cut(self) -> None:
        """Take the message up to `position` out, so that the next one begins at index 0."""
        del self.data[: self.position]
        self.start += self.position
        self.position = self._scanned = 0

    def between(self, begin: int, end: int) -> bytes:
        """These bytes of the message, copied once: there may be megabytes."""
        with memoryview(self.data) as view:
            return bytes(view[begin:end])

    def skip_to(self, position: int) -> None:
        """Count everything before `position` as read."""
        self.position = self._scanned = position

    def line(self, part: str, limit: int) -> bytes | None:
        r"""Return the next line without its \r\n, or None when more bytes are needed.

        `part` names the line in sentences. Malformed (RFC 9112 2.2) as soon as a control byte, a
        bare \n or a bare \r is seen, or the line goes beyond offset `limit`.
        """
        stop = _STOP.search(self.data, self._scanned)
        if (stop.end() if stop else len(self.data)) > limit:
            raise self.malformed(end.HEAD_TOO_LONG, limit, part=part, limit=limit)
        if stop is None:
            self._scanned = max(self.position, len(self.data) - self.data.endswith(b"\r"))
            return None
        if stop.group() != b"\r\n":
            raise self._broken(part, stop.start())
        line = bytes(self.data[self.position : stop.start()])
        self.skip_to(stop.end())
        return line

    def unfinished(self) -> bytes:
        """Return what has come of the line at hand."""
        return bytes(self.data[self.position :])

    def _broken(self, part: str, at: int) -> Malformed:
        """Explain the byte at offset `at`, which cannot stand inside a line."""
        byte = self.data[at : at + 1]
        part = part if at > self.position else "empty line"
        if byte == b"\n":
            literal = _LITERAL.search(self.data, self.position, at)
            if literal:
                return self.malformed(head.LITERAL_ESCAPES, literal.start(), part=part)
            return self.malformed(head.BARE_LF, at, part=part)
        if byte == b"\r":
            doubled = self.data[at + 1 : at + 2] == b"\r"
            return self.malformed(head.DOUBLE_CR if doubled else head.BARE_CR, at, part=part)
        return self.malformed(head.CONTROL_BYTE, at, part=part, byte=bytes(byte))

    def malformed(self, rule: Rule, offset: int, **facts: bytes | str | int) -> Malformed:
        """Return (not raise) the error that `rule` is broken at `offset` of this message."""
        return Malformed(rule, message=self.data, offset=offset, start=self.start, **facts)

    def incomplete(
        self, rule: Rule, offset: int | None = None, **facts: bytes | str | int
    ) -> Incomplete:
        """Return (not raise) the error that the message ends too early, by default after what has
        come."""
        at = len(self.data) if offset is None else offset
        return Incomplete(
            rule, message=self.data, offset=at, start=self.start, until=self.until, **facts
        )
