"""A transcript as requests and their answers. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from grader.check.transcript import Direction
from grader.http1.wire import Malformed, ReadLimits, ResponseReader, request_line, whole_requests
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.check.transcript import Entry
    from grader.http1.wire import Response

_Placed = tuple["Entry", bool]
_MOST_CONNECTIONS = 40
_LONGEST_BODY = 1 << 18  # no transcript keeps more bytes
_ENDS = (Direction.CLOSED, Direction.RESET)


class Exchange(Value, frozen=True):
    """request: as it was sent, head and body. response: its answer; None where none came, or none
    that is well-formed. pieces: in how many writes it was sent. alone: no other connection was open
    then. cut: the body of the answer was not kept."""

    connection: int
    index: int
    request: bytes
    response: Response | None
    pieces: int
    alone: bool
    cut: bool = False

    @property
    def body(self) -> bytes:
        """Of the answer, decoded; empty where there was none, or none that can be decoded."""
        if self.response is None:
            return b""
        try:
            return self.response.decoded_body(max_bytes=_LONGEST_BODY)
        except Malformed:
            return b""


def exchanges_in(entries: Sequence[Entry]) -> dict[int, tuple[Exchange, ...]]:
    """By the number of the connection, in order: of the last connections, if there are many."""
    numbers = sorted({entry.connection for entry in entries})[-_MOST_CONNECTIONS:]
    of: dict[int, list[_Placed]] = {number: [] for number in numbers}
    for entry, alone in zip(entries, _alone(entries), strict=True):
        if entry.connection in of:
            of[entry.connection].append((entry, alone))
    return {number: tuple(_on(number, placed)) for number, placed in of.items()}


def _alone(entries: Sequence[Entry]) -> Iterator[bool]:
    """For each entry, whether its connection was the only one that was open."""
    opened: set[int] = set()
    for entry in entries:
        if entry.direction is Direction.OPENED:
            opened.add(entry.connection)
        yield not opened - {entry.connection}
        if entry.direction in _ENDS:
            opened.discard(entry.connection)


def _on(number: int, placed: Sequence[_Placed]) -> Iterator[Exchange]:
    sent = [(entry.data, alone) for entry, alone in placed if _has(entry, Direction.SENT)]
    requests = whole_requests(b"".join(data for data, _ in sent))
    methods = [request_line(request).method.decode("latin-1") for request in requests]
    answers = _answers([entry for entry, _ in placed], methods)
    ends, begin = list(accumulate(len(data) for data, _ in sent)), 0
    for index, request in enumerate(requests):
        first = bisect_right(ends, begin)
        begin += len(request)
        pieces = bisect_left(ends, begin) - first + 1
        response, cut = answers[index] if index < len(answers) else (None, False)
        yield Exchange(number, index, request, response, pieces, sent[first][1], cut)


def _has(entry: Entry, direction: Direction) -> bool:
    return entry.direction is direction and bool(entry.data)


def _answers(entries: Sequence[Entry], methods: Sequence[str]) -> list[tuple[Response, bool]]:
    """The answers to requests by these methods on one connection, as far as they are well-formed,
    each with whether its body was cut off."""
    came = [it for it in entries if it.direction is Direction.RECEIVED]
    reader = ResponseReader(limits=ReadLimits(body=_LONGEST_BODY))
    reader.feed(b"".join(it.data for it in came))
    if not any(it.left_out for it in came):
        reader.eof()
    found: list[tuple[Response, bool]] = []
    try:
        for method in methods:
            if (answer := reader.response(method)) is None:
                begun = _head_of(reader.trailing)
                return [*found, (begun, True)] if begun is not None else found
            found.append((answer, False))
    except Malformed as malformed:
        # The reader keeps it, and it would keep the failure and its megabytes.
        malformed.__context__ = malformed.__traceback__ = None
    return found


def _head_of(begun: bytes) -> Response | None:
    """An answer that was cut off, without its body."""
    head, end, _ = begun.partition(b"\r\n\r\n")
    reader = ResponseReader()
    reader.feed(head + end)
    return reader.response("HEAD")
