"""Bodies and chunks of which only the announced size is too large."""

from grader.author import Failure, Kind, Session, check, expect

from . import CHUNKS, chunked

BODY = (
    "Check Content-Length as soon as the head has arrived. If it is too large, answer 413"
    " and close, without reading the body."
)
END = (
    "Close the connection after this answer: you have not read the body, so you cannot"
    " find the next request."
)
GO_ON = (
    "Close only the connection that you reject, and continue to serve the others: they do not wait"
    " until a rejected client has left."
)


def _announcing(session: Session, length: int) -> bytes:
    """The head of an upload of so many bytes."""
    headers = [("Content-Length", str(length))]
    return session.build("POST", f"/files/{session.random.name()}", headers=headers).head


def _tebibytes(session: Session) -> int:
    return session.random.number(1, 9) << 40


@check(
    "A body of a tebibyte gets 413 at once",
    "A server MUST answer an announced body of a tebibyte or more with 413 at once",
    cite="RFC 9110 15.5.14",
    hint=BODY,
)
def announced_body(session: Session) -> None:
    connection = session.connect()
    connection.send(_announcing(session, _tebibytes(session)))
    expect.refused_with(connection, 413)


@check(
    "A length is not cut to 64 bits",
    "A server MUST NOT cut a Content-Length to 64 bits",
    cite="RFC 9110 8.6",
    hint="Count the digits before you convert them, or reject the number while you read it.",
)
def length_overflows(session: Session) -> None:
    connection = session.connect()
    connection.send(_announcing(session, (1 << 64) + 10) + session.random.word(10).encode())
    expect.refused_or_closed(connection, 413, 400)


@check(
    "A rejected body is not read as a request",
    "A server MUST NOT read what follows a rejected head as the next request",
    cite="RFC 9112 9.3",
    hint=BODY,
)
def nothing_is_smuggled(session: Session) -> None:
    connection = session.connect()
    inside = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    connection.send(_announcing(session, _tebibytes(session)) + inside)
    if expect.refused_or_closed(connection, 413) is not None:
        expect.no_second_answer(connection, "the body", END)


@check(
    "Others are served after a rejection",
    "A server MUST serve other clients after it has rejected some",
    cite="course: limits",
    hint=BODY,
)
def others_are_served(session: Session) -> None:
    connections = [session.connect() for _ in range(3)]
    for connection in connections:
        connection.send(_announcing(session, _tebibytes(session)))
        expect.refused_or_closed(connection, 413)
    word = session.random.word()
    try:
        expect.body(session.get(f"/echo/{word}"), word.encode(), hint=GO_ON)
    except Failure as failure:
        if failure.kind is Kind.SILENCE:
            failure.hint, failure.hint_alone = GO_ON, True
        raise


@check(
    "A chunk of a tebibyte is rejected at once",
    "A server MUST reject an announced chunk of a tebibyte or more at once",
    cite="RFC 9110 15.5.14",
    hint=CHUNKS,
)
def announced_chunk(session: Session) -> None:
    connection = session.connect()
    connection.send(
        chunked(session, session.random.name()) + f"{_tebibytes(session):x}\r\n".encode()
    )
    expect.refused_or_closed(connection, 413)
