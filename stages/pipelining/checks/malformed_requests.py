"""A malformed request ends the connection: where the next one would begin is not certain."""

from grader.author import ADVICE, Connection, Failure, Kind, Session, check, expect

from . import answered_in_order, at_once, echo, echoes

END = (
    "After 400, close the connection, and leave what is in the buffer: your server cannot know"
    " where the next request begins."
)
LINE = "A request line has three words: answer any other with 400, and close the connection."
STORE = (
    "Carry out a request only when all before it are answered. After a malformed one, carry out"
    " nothing more."
)
ENDS = ("pipelining/malformed_ends_it",)


def _malformed(session: Session) -> bytes:
    return f"GET / extra HTTP/1.1\r\nHost: {session.host}\r\n\r\n".encode()


def _used(session: Session) -> Connection:
    """A connection on which two requests were sent at once, and both answers read."""
    connection, asked = session.connect(), echoes(session, 2)
    connection.send(at_once(asked))
    answered_in_order(session, connection, asked)
    return connection


@check(
    "A malformed later request gets 400, and the end",
    "A server MUST answer a malformed request after others with 400 and close the connection",
    cite="RFC 9112 3",
    hint=LINE,
)
def malformed_ends_it(session: Session) -> None:
    connection = _used(session)
    connection.send(_malformed(session))
    if (answer := expect.refused_or_closed(connection, 400)) is None:
        raise Failure(
            Kind.CLOSED,
            "Your server closed the connection without an answer to the malformed request.",
            expected="status 400, then the end of the connection",
            actual="the end of the connection",
            hint=LINE,
        )
    expect.status(answer, 400)
    expect.closes(connection, "after a malformed request", "RFC 9112 9.3", hint=END)


@check(
    "Nothing after a malformed request is answered",
    "A server MUST NOT answer what follows a malformed request",
    cite="RFC 9112 9.3",
    hint=END,
    asks=ENDS,
)
def nothing_behind_is_answered(session: Session) -> None:
    connection = _used(session)
    connection.send(_malformed(session) + echo(session).request.to_bytes())
    if expect.refused_or_closed(connection, 400) is not None:
        expect.no_second_answer(connection, "what follows the malformed request", END)


@check(
    "Nothing after a malformed request is stored",
    "A server MUST NOT store an upload that follows a malformed request",
    cite="RFC 9112 9.3",
    hint=STORE,
    asks=("files/stores_a_body", *ENDS),
)
def nothing_behind_is_stored(session: Session) -> None:
    connection, name = _used(session), session.random.name()
    upload = session.build("POST", f"/files/{name}", body=session.random.word().encode())
    connection.send(_malformed(session) + upload.to_bytes())
    expect.refused_or_closed(connection, 400)
    connection.ends_within(session.budgets.close)
    expect.not_written(session.files, name, hint=STORE)


@check(
    "Requests before a malformed one are answered",
    "A server SHOULD answer the requests that come in one segment before a malformed one",
    cite="RFC 9112 9.3.2",
    hint=(
        "Take one request out of the buffer, answer it, and only then look at the next one: it may"
        " be malformed."
    ),
    level=ADVICE,
)
def answers_what_came_before(session: Session) -> None:
    connection, asked = session.connect(), echoes(session, 3)
    connection.send(at_once(asked) + _malformed(session))
    answered_in_order(session, connection, asked)


@check(
    "Nothing after Connection: close is answered",
    "A server MUST NOT answer a request that follows one with Connection: close",
    cite="RFC 9112 9.6",
    hint="Close the connection after the answer, also when more is in the buffer.",
    asks=("keep-alive/closes_when_asked",),
    level=ADVICE,
)
def nothing_after_close(session: Session) -> None:
    connection = session.connect()
    last = session.build("GET", "/", headers=[("Connection", "close")])
    connection.send(last.to_bytes() + echo(session).request.to_bytes())
    # one that reads ahead says 400 to both, and leaves
    connection.read("GET")
    expect.no_second_answer(connection, "what follows Connection: close")
