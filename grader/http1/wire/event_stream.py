"""Events of a stream of type text/event-stream, read as a browser reads them (WHATWG HTML 9.2.6).

How it works. The stream is UTF-8. A line ends with CR LF, LF or CR. A line `field: value` sets a
field of the next event; a line that begins with a colon is a comment; an empty line dispatches the
event, if it has data. Several lines `data:` are joined by a line end.
"""

from __future__ import annotations

import re
from typing import Final

from grader.value import Value

_LINE: Final = re.compile(rb"\r\n|\n|\r")
_MARK: Final = b"\xef\xbb\xbf"
PLAIN: Final = "message"
"""The type of an event that names none."""


class Event(Value, frozen=True):
    """One event: its data, its lines joined by "\\n", and its type."""

    data: str
    type: str = PLAIN


class EventReader:
    r"""Reads the events of one stream; bytes go in by `feed`, events come out of `event`.

    >>> reader = EventReader()
    >>> reader.feed(b"data: two\ndata: lines\n")
    >>> reader.event()
    >>> reader.feed(b"\n")
    >>> reader.event()
    Event(data='two\nlines', type='message')
    """

    def __init__(self) -> None:
        self._rest = bytearray()
        self._begun = False
        self._after_cr = False
        self._data: list[bytes] = []
        self._type = b""
        self._lines: list[bytes] = []
        self.without_data: tuple[bytes, ...] = ()
        """The lines of the last event that had no data, and so was none; but for comments."""
        self.not_utf8: bytes | None = None
        """The first line that is no UTF-8, if any came."""

    def feed(self, data: bytes) -> None:
        self._rest += data
        if not self._begun and len(self._rest) >= len(_MARK):
            self._begun = True
            if self._rest.startswith(_MARK):
                del self._rest[: len(_MARK)]

    @property
    def lines(self) -> tuple[bytes, ...]:
        """The lines of the event that has begun, without their ends; the last one may be cut."""
        return (*self._lines, *([bytes(self._rest)] if self._rest else []))

    @property
    def has_data(self) -> bool:
        """Whether the event that has begun has a line with data."""
        return bool(self._data)

    def event(self) -> Event | None:
        """The next event; None when more bytes are needed."""
        while (found := self._line_end()) is not None:
            line = bytes(self._rest[: found.start()])
            del self._rest[: found.end()]
            if line:
                self._take(line)
            elif (event := self._dispatched()) is not None:
                return event
        return None

    def _line_end(self) -> re.Match[bytes] | None:
        """The next end of a line. A CR ends it at once; if a LF comes after it, they are one."""
        if not self._rest:
            return None
        if self._after_cr and self._rest.startswith(b"\n"):
            del self._rest[:1]
        found = _LINE.search(self._rest)
        self._after_cr = found is not None and found.group() == b"\r"
        return found

    def _take(self, line: bytes) -> None:
        self._lines.append(line)
        try:
            line.decode()
        except UnicodeDecodeError:
            self.not_utf8 = self.not_utf8 or line
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._type = value

    def _dispatched(self) -> Event | None:
        data, named, self._data, self._type = self._data, self._type, [], b""
        lines, self._lines = self._lines, []
        if not data:
            said = tuple(line for line in lines if not line.startswith(b":"))
            self.without_data = said or self.without_data
            return None
        text = b"\n".join(data).decode("utf-8", "replace")
        return Event(text, named.decode("utf-8", "replace") or PLAIN)
