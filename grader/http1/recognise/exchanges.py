"""A transcript as requests and their answers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from grader.check.transcript import Direction
from grader.http1.recognise.wrong import LONGEST
from grader.http1.wire import Malformed, ReadLimits, ResponseReader, request_line, whole_requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.check.transcript import Entry
    from grader.http1.wire import Response

_MOST_CONNECTIONS = 40
_ENDS = (Direction.CLOSED, Direction.RESET)


@dataclass(frozen=True, slots=True)
class Exchange:
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
            return self.response.decoded_body(max_bytes=LONGEST)
        except Malformed:
            return b""


def exchanges_in(entries: Sequence[Entry]) -> dict[int, tuple[Exchange, ...]]:
    """By the number of the connection, in order: of the last connections, if there are many."""
    numbers = sorted({entry.connection for entry in entries})[-_MOST_CONNECTIONS:]
    return {number: tuple(_on(number, entries)) for number in numbers}


def _on(number: int, entries: Sequence[Entry]) -> Iterator[Exchange]:
    sent = [
        (place, entry.data)
        for place, entry in enumerate(entries)
        if (entry.connection, entry.direction) == (number, Direction.SENT) and entry.data
    ]
    requests = whole_requests(b"".join(data for _, data in sent))
    methods = [request_line(request).method.decode("latin-1") for request in requests]
    answers = _answers(number, entries, methods)
    ends = list(accumulate(len(data) for _, data in sent))
    begin = 0
    for index, request in enumerate(requests):
        first = next(at for at, end in enumerate(ends) if end > begin)
        begin += len(request)
        last = next(at for at, end in enumerate(ends) if end >= begin)
        response, cut = answers[index] if index < len(answers) else (None, False)
        alone = _is_alone(number, entries[: sent[first][0]])
        yield Exchange(number, index, request, response, last - first + 1, alone, cut)


def _is_alone(number: int, before: Sequence[Entry]) -> bool:
    opened = {it.connection for it in before if it.direction is Direction.OPENED}
    ended = {it.connection for it in before if it.direction in _ENDS}
    return not opened - ended - {number}


def _answers(
    number: int, entries: Sequence[Entry], methods: Sequence[str]
) -> list[tuple[Response, bool]]:
    """The answers to requests by these methods, as far as they are well-formed, each with whether
    its body was cut off."""
    came = [it for it in entries if (it.connection, it.direction) == (number, Direction.RECEIVED)]
    reader = ResponseReader(limits=ReadLimits(body=LONGEST))
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
