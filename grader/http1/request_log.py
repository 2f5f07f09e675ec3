"""Owns how a log of requests is read: the common log format, which web servers write. Pure.

127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET / HTTP/1.1" 200 14
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECORD: Final = re.compile(
    rb'(?P<host>\S{1,255}) \S{1,255} \S{1,255} \[(?P<date>[^\]"]{1,100})\] '
    rb'"(?P<request>(?:[^"\\]|\\.)*)"'
    rb" (?P<status>\d{3}) (?P<size>\d{1,18}|-)(?![^\s\"',;])"
)
_COLOURS: Final = re.compile(rb"\x1b\[[0-9;]*m")
_DATE: Final = "%d/%b/%Y:%H:%M:%S %z"


class Record(Value, frozen=True):
    """A line of the log. request: the request line. size: bytes of the body; None for `-`."""

    host: str
    date: str
    request: str
    status: int
    size: int | None

    @property
    def time(self) -> float | None:
        """Its date in seconds since 1970; None where it is not written as the format has it."""
        try:
            return datetime.strptime(self.date, _DATE).timestamp()
        except ValueError:
            return None


def lines(output: bytes) -> list[bytes]:
    """The lines that a program has printed, without the colours that some give them."""
    plain = _COLOURS.sub(b"", output)
    return [line.rstrip(b"\r") for line in plain.split(b"\n")]


def records(output: bytes) -> Iterator[Record]:
    """The lines in the common log format; other text may stand before and after what is in it."""
    for line in lines(output):
        if found := record_in(line):
            yield found


def record_in(line: bytes) -> Record | None:
    """What a line records; None when it is not in this format.

    >>> record_in(b'::1 - - [06/Nov/1994:08:49:37 +0000] "GET / HTTP/1.1" 200 -').status
    200
    """
    found = _RECORD.search(line) if b'] "' in line else None
    if found is None:
        return None
    host, date, request = (
        found[key].decode("utf-8", "backslashreplace") for key in ("host", "date", "request")
    )
    size = None if found["size"] == b"-" else int(found["size"])
    return Record(host, date, request, int(found["status"]), size)


def what_is_wrong(line: bytes) -> str:
    """Why a line is not in the format, as the end of a sentence: the first part that does not
    fit.

    >>> what_is_wrong(b'::1 - - 06/Nov/1994 "GET / HTTP/1.1" 200 -')
    'it has no date in square brackets'
    """
    date = re.search(rb"\[[^\]\"]{1,100}\]", line)
    if date is None:
        return "it has no date in square brackets"
    if len(line[: date.start()].split()) < 3:
        return "before the date stand fewer than three fields (host - -)"
    quoted = re.match(rb' *"((?:[^"\\]|\\.)*)"', line[date.end() :])
    if quoted is None:
        return "it has no request line in double quotes after the date"
    return _what_follows(line[date.end() + quoted.end() :])


def _what_follows(rest: bytes) -> str:
    """What is wrong after the request line."""
    if re.fullmatch(rb" (\d+|-) *", rest):
        return "only one number follows the request line, and status and size are two"
    if not re.match(rb" \d{3}(?!\d)", rest):
        return "no status follows the request line"
    if not re.match(rb" \d{3} (\d+|-)", rest):
        return "no size follows the status (a number, or - for none)"
    return "a single space separates the fields"
