"""A failure for wrong bytes, and what the transcript of the check says of them. Pure.

The failure is raised where only the answer is known. What the bytes are can be said once the
requests and the other answers of the check are at hand: so the runner asks for it afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.check.transcript import Direction
from grader.http1.recognise.recognised import recognised
from grader.http1.recognise.wrong import LONGEST, Wrong
from grader.http1.wire import (
    Malformed,
    ReadLimits,
    ResponseReader,
    request_line,
    whole_requests,
)
from grader.program.served_directory import first_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.transcript import Entry
    from grader.http1.wire import Response

_MOST_CONNECTIONS = 40


class WrongBytes(Failure):
    """A body, or a file, that is not what it should be.

    subject: "body" or "file". response: the answer that had the body, where one of our own readers
    has read it.
    """

    def __init__(
        self,
        kind: Kind,
        summary: str,
        found: bytes,
        wanted: bytes,
        *,
        hint: Hint | None = None,
        subject: str = "body",
        response: Response | None = None,
        file: str | None = None,
    ) -> None:
        offset = first_difference(wanted, found)
        super().__init__(
            kind, summary, expected=wanted, actual=found, offset=offset, hint=hint, file=file
        )
        self.found = found
        self.wanted = wanted
        self.subject = subject
        self.response = response


Exchange = tuple[bytes, bytes]
"""A request as it was sent, and the body of its answer; empty where there was none."""


def explain_wrong_bytes(failure: WrongBytes, entries: Sequence[Entry]) -> Failure:
    """The same failure, which says what the bytes are, where that can be seen."""
    exchanges = _exchanges(entries)
    at = _which(failure, exchanges)
    if at is None:
        wrong = Wrong(failure.found, failure.wanted, subject=failure.subject)
    else:
        number, index = at
        earlier = [pair for other in exchanges if other < number for pair in exchanges[other]]
        wrong = Wrong(
            failure.found,
            failure.wanted,
            exchanges[number][index][0],
            (*earlier, *exchanges[number][:index]),
            tuple(
                request
                for other, pairs in exchanges.items()
                if other != number
                for request, _ in pairs
            ),
            failure.subject,
        )
    if (what := recognised(wrong)) is None:
        return failure
    return WrongBytes(
        failure.kind, what.sentence, failure.found, failure.wanted,
        hint=what.hint or failure.hint, subject=failure.subject, response=failure.response,
        file=failure.file,
    )  # fmt: skip


def _which(
    failure: WrongBytes, exchanges: dict[int, tuple[Exchange, ...]]
) -> tuple[int, int] | None:
    """The connection and the index of the exchange that went wrong.

    Of an answer that was read: by where it began. Of a file: the last request that brought these
    bytes. Otherwise the last exchange.
    """
    found = [(number, index) for number, pairs in exchanges.items() for index in range(len(pairs))]
    if failure.response is not None and failure.response.connection:
        of_it = [at for at in found if at[0] == failure.response.connection]
        return of_it[min(failure.response.index, len(of_it) - 1)] if of_it else None
    if failure.subject == "file":
        brought = [at for at in found if exchanges[at[0]][at[1]][0].endswith(failure.wanted)]
        posts = [at for at in brought if request_line(exchanges[at[0]][at[1]][0]).target]
        return posts[-1] if posts else None
    return found[-1] if found else None


def _exchanges(entries: Sequence[Entry]) -> dict[int, tuple[Exchange, ...]]:
    """By the number of the connection, in order."""
    numbers = sorted({entry.connection for entry in entries})[-_MOST_CONNECTIONS:]
    return {number: _on(number, entries) for number in numbers}


def _on(number: int, entries: Sequence[Entry]) -> tuple[Exchange, ...]:
    sent, came = (
        b"".join(
            entry.data
            for entry in entries
            if (entry.connection, entry.direction) == (number, direction)
        )
        for direction in (Direction.SENT, Direction.RECEIVED)
    )
    requests = whole_requests(sent)
    bodies = _bodies(came, [request.partition(b" ")[0].decode("latin-1") for request in requests])
    return tuple(
        (request, bodies[index] if index < len(bodies) else b"")
        for index, request in enumerate(requests)
    )


def _bodies(came: bytes, methods: Sequence[str]) -> list[bytes]:
    """The bodies of the answers to requests by these methods, decoded, as far as they are
    well-formed."""
    reader = ResponseReader(limits=ReadLimits(body=LONGEST))
    reader.feed(came)
    reader.eof()
    found: list[bytes] = []
    try:
        for method in methods:
            answer = reader.response(method)
            if answer is None:
                break
            found.append(answer.decoded_body(max_bytes=LONGEST))
    except Malformed as malformed:
        # The reader keeps it, and it would keep the failure and its megabytes.
        malformed.__context__ = malformed.__traceback__ = None
    return found
