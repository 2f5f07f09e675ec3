"""Judgements on requests that try to get more than they should, whatever comes back."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.programs import serves_others
from grader.http1.wire import Malformed, Request
from grader.net.alive import running

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.http1.session import Session
    from grader.program.served_directory import SharedFiles

OUTSIDE = "The answer contains a file from outside the served directory (from the marked byte on)."
DOTS = ("../", "./../", "..//", "....//", "{folder}/../../")
ENCODED = ("%2e%2e/", "..%2f", "%2E%2E%2F", "%252e%252e%252f", "..%5c", "..%c0%af")
ABSOLUTE = ("{root}/", "/{root}/", "%2F..{root}/")
"""What may stand before a name that lies outside, in `ways_out`."""


def ways_out(session: Session, *forms: str) -> list[str]:
    """What stands before a name outside the served directory, in each of these forms.

    "{folder}" is a new folder in the directory, "{root}" the absolute path of what the directory
    lies in.
    """
    folder = session.random.word()
    session.files.put(f"{folder}/{session.random.word()}", b"inside")
    return [form.format(folder=folder, root=session.files.root) for form in forms]


def sent(session: Session, request: Request) -> bytes:
    """Whatever comes for this request: a decoded body, what came of a broken answer, or b"" when
    nothing came.

    No answer is asked for here, nor that the program lives: that is another requirement.
    """
    raw, body = _exchanged(session, request)
    return raw if body is None else body


def all_survived(session: Session, requests: Iterable[Request]) -> None:
    """The program must outlive each of these requests, and answer the next client. Whether it
    answers these is not asked: only where it does not, an ordinary one comes before the next of
    them. So one that stops the server is the last, and nothing waits for those behind it."""
    answered = True
    for request in requests:
        answered = _exchanged(session, request, matters=False)[1] is not None
        if not answered:
            running(session)
            serves_others(session)
    if answered:
        serves_others(session)


def gives_nothing_away(
    session: Session, request: Request, secret: bytes, problem: str, hint: Hint | None = None
) -> None:
    """The answer, if one comes, does not hold the secret. problem: what is wrong when it does."""
    found = sent(session, request)
    if secret in found:
        raise Failure(
            Kind.MISMATCH,
            problem,
            expected="an answer without these bytes (400, 403 or 404 will do)",
            actual=found,
            offset=found.find(secret),
            hint=hint,
        )


def tells_no_size(session: Session, request: Request, size: int, hint: Hint | None = None) -> None:
    """The answer to HEAD, if one comes, does not say how large a file outside the served directory
    is. size: its size, which no other file has."""
    head = _exchanged(session, request)[0].partition(b"\r\n\r\n")[0]
    length = re.search(rb"(?im)^content-length: *%d\r?$" % size, head)
    if length and re.match(rb"HTTP/1\.[01] 2", head):
        raise Failure(
            Kind.MISMATCH,
            "The answer to HEAD tells the size of a file from outside the served directory.",
            expected="the same answer as to GET (400, 403 or 404 will do)",
            actual=head,
            offset=length.start(),
            hint=hint,
        )


def no_header_from_the_name(
    session: Session, request: Request, name: str, hint: Hint | None = None
) -> None:
    """The answer, if one comes, has no line in its head that begins with this header's name."""
    head = _exchanged(session, request)[0].partition(b"\r\n\r\n")[0]
    if line := re.search(rb"[\r\n]%b[ \t]*:" % re.escape(name.encode()), head, re.IGNORECASE):
        raise Failure(
            Kind.MISMATCH,
            f"The request added a header to the answer: {name}.",
            expected="an answer without this header",
            actual=head,
            offset=line.start() + 1,
            hint=hint,
        )


def not_written_outside(
    session: Session, request: Request, name: str, hint: Hint | None = None
) -> None:
    """After this request, whatever came for it, no file of this name lies outside the served
    directory."""
    sent(session, request)
    files = session.files
    for found in sorted(files.names()):
        if found.startswith("../") and found.rpartition("/")[2] == name:
            raise Failure(
                Kind.FILES,
                f"Your server wrote a file outside the served directory: {found}.",
                expected="no such file",
                actual=_shown(files, found),
                hint=hint,
                file=found,
            )


def _shown(files: SharedFiles, name: str) -> str | bytes:
    content = files.read(name)
    return "a file that cannot be read" if content is None else content


def _exchanged(
    session: Session, request: Request, *, matters: bool = True
) -> tuple[bytes, bytes | None]:
    """What came, as it came; and the decoded body, where there was a whole answer. matters: as in
    `Connection.is_heeded`."""
    try:
        connection = session.connect()
    except Failure:  # the program has ended
        return b"", None
    body = None
    with suppress(Failure, Malformed):
        connection.ask(request)
        if connection.is_heeded(matters=matters):
            body = connection.read(ends=False).decoded_body()
    session.leave(connection)
    return session.transcript.received_on(connection.number), body
