"""Owns header lines: one line's grammar (RFC 9112 5), and the section that an empty line ends."""

import re

from grader.http1.wire.inbox import Inbox, ReadLimits
from grader.http1.wire.malformed import Incomplete, Malformed
from grader.http1.wire.rules import end, head
from grader.value import Value

_NOT_TOKEN = re.compile(rb"[^!#$%&'*+\-.^_`|~0-9A-Za-z]")
_STATUS_LINE = re.compile(rb"HTTP/\d\.\d \d\d\d")
_OWS = b" \t"


class Header(Value, frozen=True):
    """One header line: `name` as sent, `value` without the blanks around it (both latin-1), and the
    offset in bytes, in the message, at which its line begins."""

    name: str
    value: str
    offset: int


def members(value: str) -> tuple[str, ...]:
    """The members of a comma-separated list, as sent; empty ones do not count (RFC 9110 5.6.1)."""
    return tuple(item.strip(" \t") for item in value.split(",") if item.strip(" \t"))


class FieldSection:
    """Reads header lines up to and with the empty line; the headers of an answer, or the trailers
    of a chunked body.
    """

    def __init__(self, part: str, limits: ReadLimits, limit: int) -> None:
        """`part` names one line in sentences; the section may reach as far as offset `limit`."""
        self.headers: list[Header] = []
        self._part = part
        self._limits = limits
        self._limit = limit

    def read(self, inbox: Inbox) -> tuple[Header, ...] | None:
        """Return the headers, or None when more bytes are needed; Malformed at the first line that
        is not one.
        """
        offset = inbox.position
        while (line := inbox.line(self._part, self._limit)) is not None:
            if not line:
                return tuple(self.headers)
            if len(self.headers) == self._limits.headers:
                raise inbox.malformed(end.TOO_MANY_HEADERS, offset, limit=self._limits.headers)
            self.headers.append(_header(inbox, line, offset))
            offset = inbox.position
        return None

    def gap(self, inbox: Inbox) -> Incomplete:
        """Explain what is missing when nothing more comes."""
        line = inbox.unfinished()
        if not line.rstrip(b"\r"):
            return inbox.incomplete(end.BLANK_LINE_MISSING, line=_last_line(inbox))
        if b"\\r\\n" in line:
            return inbox.incomplete(
                head.LITERAL_ESCAPES, inbox.data.find(b"\\r\\n", inbox.position), part=self._part
            )
        name, colon, _ = line.partition(b":")
        if not colon or _NOT_TOKEN.search(name):
            return inbox.incomplete(end.BODY_AMONG_HEADERS, inbox.position, line=line)
        return inbox.incomplete(end.HEAD_CUT, part=self._part, line=line)


def _last_line(inbox: Inbox) -> bytes:
    """Return the last whole line that was read."""
    return bytes(inbox.data[: inbox.position]).removesuffix(b"\r\n").rpartition(b"\r\n")[2]


def _header(inbox: Inbox, line: bytes, offset: int) -> Header:
    """Return the header that `line` holds (RFC 9112 5); Malformed when it holds none."""
    name, colon, value = line.partition(b":")
    if not colon or not name or _NOT_TOKEN.search(name):
        raise _not_a_header(inbox, line, name, offset)
    return Header(name.decode("latin-1"), value.strip(_OWS).decode("latin-1"), offset)


def _not_a_header(inbox: Inbox, line: bytes, name: bytes, offset: int) -> Malformed:
    """Explain a line without a name that could be one, the most telling reason first."""
    if line[:1] in (b" ", b"\t"):
        return inbox.malformed(head.FOLDED, offset, line=line)
    if _STATUS_LINE.match(line):
        return inbox.malformed(head.SECOND_STATUS_LINE, offset, line=line)
    if b":" not in line:
        return inbox.malformed(head.NO_COLON, offset, line=line)
    if not name:
        return inbox.malformed(head.EMPTY_NAME, offset, line=line)
    bad = _NOT_TOKEN.search(name.rstrip(_OWS))
    if bad is None:
        return inbox.malformed(head.SPACE_BEFORE_COLON, offset + len(name.rstrip(_OWS)), line=line)
    return inbox.malformed(head.NAME_BYTE, offset + bad.start(), line=line, byte=bad.group())
