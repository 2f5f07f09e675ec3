"""Owns the reading of bodies, one class for each way to tell their end (RFC 9112 6.3 and 7.1)."""

import re
import zlib
from typing import Protocol

from grader.http1.wire.fields import FieldSection, Header
from grader.http1.wire.framing import FRAMING, Framing, Head, run_together
from grader.http1.wire.inbox import Inbox, ReadLimits
from grader.http1.wire.malformed import Incomplete, Malformed
from grader.http1.wire.progress import ReadPart, ReadProgress
from grader.http1.wire.rules import body, end
from grader.text.layout import counted

_GZIP_WRAPPER = 16 + zlib.MAX_WBITS
_HEX = re.compile(rb"[0-9A-Fa-f]*")
# No blank may be sent in it (RFC 9110 5.6.3 on BWS), and a semicolon begins a name: Node refuses
# anything else.
_SIZE_LINE = re.compile(rb"[0-9A-Fa-f]+(?:;[!#-'*+.^_`|~0-9A-Za-z-].*)?", re.DOTALL)
_PLAIN_SIZE = re.compile(rb"([0-9A-Fa-f]{1,6})\r\n")
_AFTER_HEX = b"\r\n;"
_MOST_DIGITS = 16


class BodyReader(Protocol):
    """Reads one body; `read` returns None when more bytes are needed, and raises Malformed."""

    trailers: tuple[Header, ...]

    def read(self, inbox: Inbox) -> bytes | None:
        """Return the body, without its framing."""

    def so_far(self, inbox: Inbox) -> bytes:
        """Return what has come of the body."""

    def progress(self, inbox: Inbox) -> ReadProgress:
        """Return how much of the body has come."""

    def gap(self, inbox: Inbox) -> Incomplete:
        """Explain what is missing when nothing more comes."""


def body_reader(inbox: Inbox, head: Head, limits: ReadLimits) -> BodyReader:
    """Return the reader for the body that `head` announces, from the inbox's position on."""
    if head.framing is Framing.CHUNKED:
        return ChunkedBody(inbox, limits)
    if head.framing is Framing.CLOSE:
        return UntilClose(inbox, limits, run_together(head.status_line, head.headers))
    return CountedBody(inbox, head.length or 0)


class CountedBody:
    """A body of `length` bytes: Content-Length, or none at all."""

    def __init__(self, inbox: Inbox, length: int) -> None:
        self.trailers: tuple[Header, ...] = ()
        self._length = length
        self._start = inbox.position
        self._end = inbox.position + length

    def read(self, inbox: Inbox) -> bytes | None:
        if len(inbox) < self._end:
            return None
        inbox.skip_to(self._end)
        return inbox.between(self._start, self._end)

    def so_far(self, inbox: Inbox) -> bytes:
        return inbox.between(self._start, self._end)

    def progress(self, inbox: Inbox) -> ReadProgress:
        came = len(inbox) - self._start
        rest = counted(self._length - came, "byte")
        return ReadProgress(ReadPart.BODY, f"{came} of {self._length} bytes of the body", rest)

    def gap(self, inbox: Inbox) -> Incomplete:
        came = bytes(inbox.data[self._start :])
        uncompressed = _gunzipped_size(came, self._length) == self._length
        rule = end.LENGTH_UNCOMPRESSED if uncompressed else end.BODY_CUT
        return inbox.incomplete(rule, declared=self._length, came=counted(len(came), "byte"))


class UntilClose:
    """A body that ends where the connection ends."""

    def __init__(self, inbox: Inbox, limits: ReadLimits, joined: str | None) -> None:
        """`joined` says where a header seems to be hidden, perhaps the length."""
        self.trailers: tuple[Header, ...] = ()
        self._limit = limits.body
        self._joined = joined
        self._start = inbox.position

    def read(self, inbox: Inbox) -> bytes | None:
        if len(inbox) - self._start > self._limit:
            raise inbox.malformed(end.BODY_TOO_LONG, self._start + self._limit, limit=self._limit)
        if not inbox.ended:
            return None
        inbox.skip_to(len(inbox))
        return inbox.between(self._start, len(inbox))

    def so_far(self, inbox: Inbox) -> bytes:
        return inbox.between(self._start, len(inbox))

    def progress(self, inbox: Inbox) -> ReadProgress:
        came = counted(len(inbox) - self._start, "byte")
        return ReadProgress(
            ReadPart.BODY, f"{came} of a body without Content-Length", "the end of the connection"
        )

    def gap(self, inbox: Inbox) -> Incomplete:
        if self._joined is not None:
            return inbox.incomplete(end.HEADERS_JOINED, joined=self._joined)
        return inbox.incomplete(end.NO_END)


class ChunkedBody:
    """A body in chunks, each behind a line with its size in hexadecimal; the last has size zero,
    then come trailers.
    """

    def __init__(self, inbox: Inbox, limits: ReadLimits) -> None:
        self.trailers: tuple[Header, ...] = ()
        self._limits = limits
        # Chunks of one byte take six on the wire: the framing is bounded too, not only what it
        # holds.
        self._limit = inbox.position + 2 * limits.body + limits.head
        self._content = bytearray()
        self._size: int | None = None
        self._size_line = b""
        self._section: FieldSection | None = None

    def read(self, inbox: Inbox) -> bytes | None:
        while self._section is None:
            if self._size is None:
                self._read_plain(inbox)
            done = (
                self._read_size(inbox) if self._size is None else self._read_data(inbox, self._size)
            )
            if not done:
                return None
        trailers = self._section.read(inbox)
        if trailers is None:
            return None
        for trailer in trailers:
            if trailer.name.lower() in FRAMING:
                raise inbox.malformed(body.TRAILER_FRAMES, trailer.offset, name=trailer.name)
        self.trailers = trailers
        return bytes(self._content)

    def _read_plain(self, inbox: Inbox) -> None:
        """Read the chunks that have come whole and within the limits, as most are: of one byte each
        there may be millions. The first that is not like that is left."""
        data, content, room = inbox.data, self._content, self._limits.body - len(self._content)
        match, at = _PLAIN_SIZE.match, inbox.position
        while (line := match(data, at)) and 0 < (size := int(line[1], 16)) <= room:
            begin = line.end()
            behind = begin + size
            if data[behind : behind + 2] != b"\r\n" or behind > self._limit:
                break
            content += data[begin:behind]
            room -= size
            at = behind + 2
        if at > inbox.position:
            inbox.skip_to(at)

    def _read_size(self, inbox: Inbox) -> bool:
        """Read the line with the size of the next chunk; False when more bytes are needed."""
        begin = inbox.position
        line = read_size_line(inbox, self._limits)
        if line is None:
            return False
        size = int(line.partition(b";")[0], 16)
        if len(self._content) + size > self._limits.body or inbox.position + size > self._limit:
            raise inbox.malformed(end.BODY_TOO_LONG, begin, limit=self._limits.body)
        if size == 0:
            self._section = FieldSection(
                "trailer", self._limits, inbox.position + self._limits.head
            )
        self._size, self._size_line = size, line
        return True

    def _read_data(self, inbox: Inbox, size: int) -> bool:
        r"""Read the bytes of the chunk and the \r\n after them; False if more are needed."""
        after = inbox.position + size
        tail = inbox.data[after : after + 2]
        if not b"\r\n".startswith(tail):
            raise self._overrun(inbox, size, after)
        if len(tail) < 2:
            return False
        self._content += inbox.data[inbox.position : after]
        inbox.skip_to(after + 2)
        self._size = None
        return True

    def _overrun(self, inbox: Inbox, size: int, after: int) -> Malformed:
        r"""Explain a chunk that no \r\n follows; sizes written in decimal are the usual reason."""
        decimal = self._decimal_end(inbox)
        if decimal is not None:
            return inbox.malformed(
                body.CHUNK_SIZE_DECIMAL, decimal, line=self._size_line, size=size
            )
        wrong = after + (inbox.data[after : after + 1] == b"\r")
        rest = bytes(inbox.data[after : after + 2])
        return inbox.malformed(body.CHUNK_TOO_LONG, wrong, size=counted(size, "byte"), rest=rest)

    def _decimal_end(self, inbox: Inbox) -> int | None:
        r"""Return where the chunk would end if its size were decimal, if there is \r\n."""
        digits = self._size_line.partition(b";")[0].strip()
        end_at = inbox.position + int(digits) if digits.isdigit() else len(inbox)
        return end_at if inbox.data[end_at : end_at + 2] == b"\r\n" else None

    def so_far(self, inbox: Inbox) -> bytes:
        size = self._size if self._section is None and self._size else 0
        return bytes(self._content) + inbox.between(inbox.position, inbox.position + size)

    def progress(self, inbox: Inbox) -> ReadProgress:
        came = f"{counted(len(self._content), 'byte')} in whole chunks" if self._content else ""
        if self._section is not None:
            return ReadProgress(
                ReadPart.TRAILERS, came or "the last chunk", "the empty line after the last chunk"
            )
        if self._size is None:
            return ReadProgress(
                ReadPart.CHUNKS,
                came or "only the head",
                r"the size of the next chunk, or 0\r\n\r\n as the end",
            )
        part = min(len(inbox) - inbox.position, self._size)
        left = self._size - part
        missing = rf"{counted(left, 'byte')} and \r\n" if left else r"the \r\n after the chunk"
        chunk = f"{part} of {self._size} bytes of the {'next' if came else 'first'} chunk"
        return ReadProgress(ReadPart.CHUNKS, f"{came} and {chunk}" if came else chunk, missing)

    def gap(self, inbox: Inbox) -> Incomplete:
        came = len(inbox) - inbox.position
        if self._section is not None:
            return inbox.incomplete(end.TRAILER_CUT)
        if self._size is None:
            return inbox.incomplete(
                end.LAST_CHUNK_MISSING, came=counted(len(self._content), "byte")
            )
        decimal = self._decimal_end(inbox)
        if decimal is not None and decimal < inbox.position + self._size:
            return inbox.incomplete(
                body.CHUNK_SIZE_DECIMAL, decimal, line=self._size_line, size=self._size
            )
        rule = end.CHUNK_CUT if came < self._size else end.CHUNK_END_CUT
        return inbox.incomplete(
            rule, declared=counted(self._size, "byte"), came=counted(came, "byte")
        )


def read_size_line(inbox: Inbox, limits: ReadLimits) -> bytes | None:
    """Return the line with the size of a chunk (extensions and all), or None when more bytes are
    needed.

    Malformed at the first byte that is neither a hexadecimal digit nor may follow them.
    """
    begin = inbox.position
    opening = bytes(inbox.data[begin : begin + _MOST_DIGITS + 1])
    digits = _HEX.match(opening)
    count = digits.end() if digits else 0
    if count > _MOST_DIGITS:
        raise inbox.malformed(end.BODY_TOO_LONG, begin, limit=limits.body)
    wrong = opening[count : count + 1]
    if wrong and (count == 0 or wrong not in _AFTER_HEX):
        rule = body.CHUNK_LINE if count and wrong in b" \t" else body.CHUNK_SIZE
        raise inbox.malformed(rule, begin + count, line=opening)
    line = inbox.line("chunk size line", begin + limits.chunk_line)
    if line is not None and not _SIZE_LINE.fullmatch(line):
        raise inbox.malformed(
            body.CHUNK_LINE if count else body.CHUNK_SIZE, begin + count, line=line
        )
    return line


def _gunzipped_size(data: bytes, limit: int) -> int | None:
    """Return the decompressed size of a whole gzip stream, at most `limit` + 1; None if it is not
    one."""
    inflater = zlib.decompressobj(_GZIP_WRAPPER)
    try:
        size = len(inflater.decompress(data, limit + 1))
    except zlib.error:
        return None
    return size if inflater.eof else None
