r"""The head of a request: its request line and its header section, read line by line.

    GET /echo/fig HTTP/1.1\r\n        the request line: method, target, version (RFC 9112 3)
    Host: localhost:4221\r\n          field lines: a name, a colon, a value (RFC 9112 5)
    Accept: */*\r\n
    \r\n                              an empty line ends the head (RFC 9112 2.1)

The line ends are part of the grammar. What is not exactly in this form is refused and not repaired:
if a proxy in front of this server repaired it in another way, the two would see two different
requests (request smuggling, RFC 9112 11.2).
"""

import re
from dataclasses import dataclass

from .buffer import Limits, ReceiveBuffer
from .headers import TOKEN, Headers
from .messages import HTTPError

# RFC 9112 3: three parts, one space between them. Bytes above 127 are not allowed in a target, but
# clients send them and nothing is ambiguous about them. A `#` is: some would cut the target there,
# others would not.
REQUEST_LINE = re.compile(
    rf"({TOKEN.pattern}) ([\x21\x22\x24-\x7e\x80-\xff]+) (HTTP/([0-9])\.[0-9])"
)
# RFC 9112 3.2: a target has one of four forms. A path (3.2.1), or a whole URI, as if to a proxy
# (3.2.2), for any method; host and port for CONNECT alone (3.2.3); `*` for OPTIONS alone (3.2.4).
TARGET_FORMS = {"OPTIONS": re.compile(r"/.*|\*"), "CONNECT": re.compile(r"[^/@]+:[0-9]+")}
ORIGIN_FORM = re.compile(r"/.*")
ABSOLUTE_FORM = re.compile(r"https?://[^/?@]+([/?].*)?", re.IGNORECASE)
METHOD_AND_VERSION_ROOM = 64  # bytes of a request line that are not its target


@dataclass(frozen=True, slots=True)
class RequestLine:
    """The first line of a request, its three parts checked. `raw` is the line as it came."""

    method: str
    target: str
    version: str
    raw: bytes


class RequestLineReader:
    """Reads one request line; empty lines before it are skipped (RFC 9112 2.2)."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.target

    def read(self, buffer: ReceiveBuffer) -> RequestLine | None:
        """The request line, or None while it is incomplete. Raises HTTPError 400, 414 or 505."""
        line: bytes | None = b""
        while line == b"":
            line = buffer.take_line(self._limit + METHOD_AND_VERSION_ROOM, too_long=414)
        return None if line is None else request_line(line, self._limit)


def request_line(line: bytes, limit: int) -> RequestLine:
    """The parts of a line; `limit` is the longest target. Raises HTTPError 400, 414 or 505."""
    match = REQUEST_LINE.fullmatch(line.decode("latin-1"))
    if match is None:
        raise HTTPError(400, "the first line is not METHOD TARGET HTTP/1.1 (RFC 9112 3)")
    method, target, version, major = match.groups()
    if major != "1":
        # Only the major version decides how a message is read (RFC 9110 2.5, 15.6.6).
        raise HTTPError(505, f"this server speaks HTTP/1.1, not {version}")
    if len(target) > limit:  # RFC 9110 15.5.15
        raise HTTPError(414, f"the target is longer than {limit} bytes")
    form = TARGET_FORMS.get(method, ORIGIN_FORM)
    if not (form.fullmatch(target) or ABSOLUTE_FORM.fullmatch(target)):
        raise HTTPError(400, "the target is neither a path nor a URI (RFC 9112 3.2)")
    return RequestLine(method, target, version, line + b"\r\n")


class FieldsReader:
    """Reads field lines up to and including the empty line: a header section, or a trailer
    section. `raw` is what has been read, as it came."""

    def __init__(self, limits: Limits) -> None:
        self.raw = bytearray()
        self._room = limits.fields
        self._fields: list[tuple[str, str]] = []

    def read(self, buffer: ReceiveBuffer) -> Headers | None:
        """The fields, or None while the empty line has not arrived. Raises HTTPError 400 or 431."""
        while (line := buffer.take_line(self._room - len(b"\r\n"), too_long=431)) is not None:
            self.raw += line + b"\r\n"
            if line == b"":
                return self._headers()
            self._room -= len(line) + len(b"\r\n")
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon:
                raise HTTPError(400, "a header line has no colon (RFC 9112 5)")
            self._fields.append((name, value.strip(" \t")))
        return None

    def _headers(self) -> Headers:
        # A folded line begins with a blank, and so does the name we would find in it: both that and
        # a blank before the colon are refused because they are no token (RFC 9112 5.1, 5.2).
        try:
            return Headers(self._fields)
        except ValueError as error:
            raise HTTPError(400, str(error)) from error
