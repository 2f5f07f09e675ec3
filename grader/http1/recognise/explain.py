"""A failure for wrong bytes, and what the transcript of the check says of them. Pure.

The failure is raised where only the answer is known. What the bytes are can be said once the
requests and the other answers of the check are at hand: so the runner asks for it afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.check.transcript import Direction
from grader.http1.recognise.chunks import brings
from grader.http1.recognise.early_answer import early_answer
from grader.http1.recognise.exchanges import exchanges_in
from grader.http1.recognise.recognised import recognised
from grader.http1.recognise.wrong import Wrong
from grader.http1.wire import Framing, request_line
from grader.program.served_directory import first_difference
from grader.text.sentence import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.check.transcript import Entry
    from grader.http1.recognise.exchanges import Exchange
    from grader.http1.wire import Response


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
        cause: str | None = None,
    ) -> None:
        offset = first_difference(wanted, found)
        super().__init__(
            kind, summary, expected=wanted, actual=found, offset=offset, hint=hint, file=file,
            cause=cause,
        )  # fmt: skip
        self.found = found
        self.wanted = wanted
        self.subject = subject
        self.response = response


def explain_wrong_bytes(failure: WrongBytes, entries: Sequence[Entry]) -> WrongBytes:
    """The same failure, which says what the bytes are, where that can be seen."""
    early = early_answer(entries) if failure.subject == "file" else ""
    told = _what_they_are(failure, entries)
    return _told(told, sentences(early, told.summary)) if early else told


def _told(failure: WrongBytes, summary: str) -> WrongBytes:
    return WrongBytes(
        failure.kind, summary, failure.found, failure.wanted, hint=failure.hint,
        subject=failure.subject, response=failure.response, file=failure.file,
        cause=failure.cause,
    )  # fmt: skip


def _what_they_are(failure: WrongBytes, entries: Sequence[Entry]) -> WrongBytes:
    exchanges = exchanges_in(entries)
    at = which_exchange(failure, exchanges)
    if at is None:
        framed = _in_chunks(failure, entries)
        wrong = Wrong(failure.found, failure.wanted, subject=failure.subject, framed=framed)
    else:
        everything = [one for pairs in exchanges.values() for one in pairs]
        wrong = Wrong(
            failure.found,
            failure.wanted,
            at.request,
            tuple((one.request, one.body) for one in everything if _is_before(one, at)),
            tuple(one.request for one in everything if one.connection != at.connection),
            failure.subject,
            _behind(failure.response, entries),
        )
    if (what := recognised(wrong)) is None:
        return failure
    told = _told(failure, what.sentence)
    told.hint = what.hint or failure.hint
    told.cause = f"{failure.subject}: {what.kind}"
    return told


def which_exchange(
    failure: WrongBytes, exchanges: Mapping[int, Sequence[Exchange]]
) -> Exchange | None:
    """The exchange that went wrong.

    Of an answer that was read: by where it began. Of a file: the last request that brought these
    bytes. Otherwise the last exchange.
    """
    found = [one for pairs in exchanges.values() for one in pairs]
    if failure.response is not None and failure.response.connection:
        of_it = exchanges.get(failure.response.connection, ())
        return of_it[min(failure.response.index, len(of_it) - 1)] if of_it else None
    if failure.subject == "file":
        brought = [one for one in found if one.request.endswith(failure.wanted)]
        posts = [one for one in brought if request_line(one.request).target]
        return posts[-1] if posts else None
    return found[-1] if found else None


def _in_chunks(failure: WrongBytes, entries: Sequence[Entry]) -> bytes:
    """What was sent on the last connection whose first request brought these bytes in chunks, which
    may have had a Content-Length, too; empty when none did."""
    sent: dict[int, list[bytes]] = {}
    for entry in entries:
        if entry.direction is Direction.SENT:
            sent.setdefault(entry.connection, []).append(entry.data)
    requests = [b"".join(pieces) for _, pieces in sorted(sent.items())]
    return next((one for one in reversed(requests) if brings(one, failure.wanted)), b"")


def _behind(response: Response | None, entries: Sequence[Entry]) -> bytes:
    """What came on the connection after an answer whose length is announced."""
    if response is None or response.framing is not Framing.LENGTH:
        return b""
    came = b"".join(
        entry.data
        for entry in entries
        if (entry.connection, entry.direction) == (response.connection, Direction.RECEIVED)
    )
    return came[response.start + len(response.raw) :]


def _is_before(one: Exchange, at: Exchange) -> bool:
    """On an earlier connection, or earlier on the same."""
    return (one.connection, one.index) < (at.connection, at.index)
