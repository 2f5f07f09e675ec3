"""Owns the status line (RFC 9112 4), judged byte by byte: wrong at its first wrong byte."""

import re

from grader.http1.wire.inbox import Inbox
from grader.http1.wire.malformed import Incomplete, Malformed, Rule
from grader.http1.wire.rules import end, head
from grader.value import Value

_DIGITS = b"0123456789"
# What may stand at each position; behind the status code a space, or (leniently) the end of the
# line.
_ALLOWED = (
    b"H",
    b"T",
    b"T",
    b"P",
    b"/",
    b"1",
    b".",
    b"01",
    b" ",
    b"12345",
    _DIGITS,
    _DIGITS,
    b" \r",
)
_PROTOCOL = len(b"HTTP/")
_VERSION_END = len(b"HTTP/1.1")
_CODE = _VERSION_END + 1
_CODE_END = _CODE + 3
_PART = "status line"
_SHOWN = 32
_LINE_END = re.compile(rb"[\r\n]")


# What a beginning that is no status line looks like; the first pattern that matches names the
# mistake.
_OPENINGS: tuple[tuple[re.Pattern[bytes], Rule], ...] = tuple(
    (re.compile(pattern, re.DOTALL), rule)
    for pattern, rule in (
        (rb"[bB]['\"]", head.PYTHON_REPR),
        (rb"\xef\xbb\xbf", head.BYTE_ORDER_MARK),
        (rb"\r?\n|\r\Z", head.LEADING_BLANK_LINE),
        (rb"[ \t]", head.LEADING_BLANK),
        (rb"(?i:http)/\d", head.LOWER_CASE_HTTP),
        (rb"[A-Z]+ \S+ HTTP/", head.REQUEST_ECHOED),
        (rb"[A-Za-z]+(?:-[A-Za-z]+)*[ \t]*:", head.HEADER_FIRST),
        (rb"[<{\[]", head.BARE_BODY),
        (rb"", head.NOT_HTTP),
    )
)


class StatusLine(Value, frozen=True):
    """Version as sent ("HTTP/1.1"), status from 100 to 599, reason (latin-1, often empty)."""

    version: str
    status: int
    reason: str


def read_status_line(inbox: Inbox, limit: int) -> StatusLine | None:
    """Return the status line at the inbox's position, or None when more bytes are needed.

    Malformed at the first byte that cannot belong to one. Lenient: the reason may be empty, and
    then the space too.
    """
    wrong = first_wrong(inbox.data[: len(_ALLOWED)])
    if wrong is not None:
        raise _explained(inbox, wrong)
    line = inbox.line(_PART, limit)
    if line is None:
        return None
    text = line.decode("latin-1")
    return StatusLine(text[:_VERSION_END], int(text[_CODE:_CODE_END]), text[_CODE_END + 1 :])


def status_line_gap(inbox: Inbox) -> Incomplete:
    """Explain what is missing when nothing more comes."""
    line = inbox.unfinished()
    if not line:
        return inbox.incomplete(end.NOTHING)
    if b"\\r\\n" in line:
        return inbox.incomplete(head.LITERAL_ESCAPES, line.index(b"\\r\\n"), part=_PART)
    return inbox.incomplete(end.HEAD_CUT, part=_PART, line=line)


def first_wrong(opening: bytes | bytearray) -> int | None:
    """Return the offset of the first byte that cannot stand there in a status line, or None."""
    for position, (byte, allowed) in enumerate(zip(opening, _ALLOWED, strict=False)):
        if byte not in allowed:
            return position
    return None


def starts_like_one(opening: bytes | bytearray) -> bool:
    """Tell whether the bytes begin, as far as they go, with `HTTP/`."""
    return b"HTTP/".startswith(opening[:_PROTOCOL])


def _explained(inbox: Inbox, wrong: int) -> Malformed:
    """Explain the byte at offset `wrong`, which no status line has there."""
    byte = bytes(inbox.data[wrong : wrong + 1])
    opening = _LINE_END.split(bytes(inbox.data[:_SHOWN]))[0]
    if wrong < _PROTOCOL - 1:
        rule = next(rule for pattern, rule in _OPENINGS if pattern.match(inbox.data))
        return inbox.malformed(rule, 0, opening=opening)
    if byte == b"\n":
        return inbox.malformed(head.BARE_LF, wrong, part=_PART)
    if wrong < _VERSION_END:
        return inbox.malformed(head.VERSION, wrong, opening=opening)
    if wrong == _VERSION_END:
        return inbox.malformed(head.SPACE_AFTER_VERSION, wrong, byte=byte)
    if wrong < _CODE_END:
        return inbox.malformed(head.STATUS_CODE, wrong, code=opening[_CODE:])
    return inbox.malformed(_after_code(byte), wrong, byte=byte)


def _after_code(byte: bytes) -> Rule:
    return head.STATUS_CODE_LENGTH if byte in _DIGITS else head.SPACE_AFTER_STATUS
