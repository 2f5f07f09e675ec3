"""A server that waits for the body of an earlier request: its Content-Length is still in a variable
that all requests share. Pure."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction
from grader.diagnosis import Mistaken
from grader.http1.wire import whole_requests
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.transcript import Entry

_ANNOUNCES: Final = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,7})[ \t]*\r\n", re.IGNORECASE)
_HAS_A_BODY: Final = re.compile(rb"\r\n(?:content-length|transfer-encoding):", re.IGNORECASE)
_LEAST: Final = 2  # bytes: all but the last one have to be missed
_MOST: Final = 1 << 18
_HINT: Final = (
    "Start each request with empty variables: forget the headers of the one before it.",
    "A dictionary in a class, a global or a default argument is shared by all requests.",
)


def earlier_length(entries: Sequence[Entry], sent: bytes) -> int:
    """How many bytes the last request before announced, on whichever connection, where the last one
    of those that were sent here announces none; 0 where that is not so, or not to be tried."""
    last = (whole_requests(sent) or (b"",))[-1]
    if not last or _HAS_A_BODY.search(last.partition(b"\r\n\r\n")[0] + b"\r\n"):
        return 0
    data = (it.data for it in entries if it.direction is Direction.SENT)
    found = [int(digits) for digits in chain.from_iterable(map(_ANNOUNCES.findall, data))]
    length = next((length for length in reversed(found) if length), 0)
    return length if _LEAST <= length <= _MOST else 0


def waits_for_an_earlier(length: int) -> Mistaken:
    """What is said to a server that waits for so many bytes."""
    return Mistaken(
        f"waits for {counted(length, 'more byte')}, the Content-Length of an earlier request",
        _HINT,
        "waits for the Content-Length of an earlier request",
    )
