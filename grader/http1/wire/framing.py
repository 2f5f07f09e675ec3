"""Owns where an answer ends: the decision table of RFC 9112 6.3 for responses.

How it works. `read_framing` looks at the head alone, in this order:

    to HEAD, 1xx, 204, 304           no body, whatever the headers say
    Transfer-Encoding: chunked       chunks, the last one of size 0
    Content-Length: N                N bytes
    neither                          until the connection is closed

Why so. Two clients that disagree on the end of an answer read the next one from different places:
that is request smuggling. So headers that contradict each other are an error here, even where the
RFC lets a client choose. They are judged for answers without a body, too: the same server would
send them with GET.
"""

import re
from collections.abc import Iterable
from enum import Enum

from grader.http1.wire.fields import Header, members
from grader.http1.wire.inbox import Inbox, ReadLimits
from grader.http1.wire.rules import body, end
from grader.http1.wire.status_line import StatusLine
from grader.value import Value

_BODILESS = frozenset({204, 304})
FRAMING = frozenset({"content-length", "transfer-encoding"})
_MOST_DIGITS = 18
_DIGITS = re.compile(r"[0-9]+")
_JOINED = re.compile(
    r"\w((?:Content-(?:Type|Length|Encoding)|Transfer-Encoding|Connection|Server|Date)):"
)


class Framing(Enum):
    """How the end of an answer is told."""

    LENGTH = "Content-Length"
    CHUNKED = "chunked"
    CLOSE = "end of connection"
    NONE = "no body"


class Head(Value, frozen=True):
    """Status line and headers, how the body is framed, the declared length (None unless `framing`
    is LENGTH), and the length in bytes of the head with its blank line."""

    status_line: StatusLine
    headers: tuple[Header, ...]
    framing: Framing
    length: int | None
    size: int


def items(headers: Iterable[Header], name: str) -> tuple[str, ...]:
    """Return the members of a comma-separated list, over all lines of that name (RFC 9110 5.6.1),
    as sent."""
    values = (header.value for header in headers if header.name.lower() == name)
    return tuple(item for value in values for item in members(value))


def read_framing(
    inbox: Inbox,
    status_line: StatusLine,
    headers: tuple[Header, ...],
    method: str,
    limits: ReadLimits,
) -> Head:
    """Return the head with its framing (RFC 9112 6.3); Malformed when the headers contradict
    themselves.

    `method` is that of the request. The headers are judged for answers without a body too: they
    would be wrong on GET.
    """
    chunked = _is_chunked(inbox, status_line, headers)
    length = _length(inbox, headers)
    if chunked and length is not None:
        raise inbox.malformed(body.LENGTH_AND_CHUNKED, _lines(headers, "content-length")[0].offset)
    framing = Framing.CLOSE if length is None else Framing.LENGTH
    if chunked:
        framing = Framing.CHUNKED
    if _has_no_body(status_line.status, method):
        framing, length = Framing.NONE, None
    if length is not None and length > limits.body:
        offset = _value_offset(inbox, _lines(headers, "content-length")[0])
        raise inbox.malformed(end.LENGTH_TOO_LARGE, offset, declared=str(length).encode())
    return Head(status_line, headers, framing, length, inbox.position)


def _has_no_body(status: int, method: str) -> bool:
    """RFC 9112 6.3, items 1 and 2: whatever the headers say, these end with the empty line."""
    return (
        method == "HEAD"
        or status < 200
        or status in _BODILESS
        or (method == "CONNECT" and status < 300)
    )


def _is_chunked(inbox: Inbox, status_line: StatusLine, headers: tuple[Header, ...]) -> bool:
    """Tell whether Transfer-Encoding is there and says chunked; Malformed if anything else."""
    lines = _lines(headers, "transfer-encoding")
    if not lines:
        return False
    offset = _value_offset(inbox, lines[0])
    if status_line.version == "HTTP/1.0":
        raise inbox.malformed(body.CODING_IN_HTTP10, offset)
    codings = items(headers, "transfer-encoding")
    if [coding.lower() for coding in codings] != ["chunked"]:
        raise inbox.malformed(
            body.CODING_UNKNOWN, offset, value=", ".join(codings).encode("latin-1")
        )
    return True


def _length(inbox: Inbox, headers: tuple[Header, ...]) -> int | None:
    """Return the one value of Content-Length; repeated, it is one value (RFC 9110 8.6)."""
    first: str | None = None
    for line in _lines(headers, "content-length"):
        offset = _value_offset(inbox, line)
        for value in (item.strip(" \t") for item in line.value.split(",")):
            if not _DIGITS.fullmatch(value):
                raise inbox.malformed(
                    body.LENGTH_NOT_NUMBER, offset, value=line.value.encode("latin-1")
                )
            number = value.lstrip("0") or "0"
            first = number if first is None else first
            if number != first:
                raise inbox.malformed(
                    body.LENGTHS_CONFLICT, offset, first=first.encode(), value=number.encode()
                )
            if len(number) > _MOST_DIGITS:
                raise inbox.malformed(end.LENGTH_TOO_LARGE, offset, declared=number.encode())
    return None if first is None else int(first)


def _lines(headers: tuple[Header, ...], name: str) -> list[Header]:
    return [header for header in headers if header.name.lower() == name]


def _value_offset(inbox: Inbox, header: Header) -> int:
    """Return where the value of the header begins in the message."""
    return inbox.data.find(header.value.encode("latin-1"), header.offset + len(header.name) + 1)


def run_together(status_line: StatusLine, headers: tuple[Header, ...]) -> str | None:
    """Return the clause that says where a header seems to lack the line end before it, or None."""
    places = [("the reason phrase", status_line.reason)]
    places += [(f"the value of {header.name}", header.value) for header in headers]
    for place, text in places:
        if found := _JOINED.search(text):
            return f"{place} contains {found[1]}"
    return None
