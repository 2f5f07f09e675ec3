"""A request that is rejected alone is also rejected on a used connection, and among good ones."""

from collections.abc import Callable

from grader.author import Failure, Kind, Request, Session, check, expect

from . import answer_to, head

EACH = "Check every request in the same way, not only the first one on a connection."
OWN = "Start each request with empty variables of its own: do not keep data of another request."


def _wrong_ones(session: Session) -> list[bytes]:
    """A request against each rule that many servers keep."""
    word = session.random.word
    post = f"POST /files/{session.random.name()} HTTP/1.1"
    return [
        head(session, start=f"GET {word()}"),
        head(session, start=f"GET {word()} HTTP/1.1"),
        head(session, start=f"({word()}) / HTTP/1.1"),
        head(session, start="GET / HTTP/9.0"),
        f"GET / HTTP/1.1\r\nX-Host: {session.host}\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nHost: {word()}/\r\n\r\n".encode(),
        head(session, f"host: {word()}"),
        head(session, f"X-Note : {word()}"),
        head(session, f"X-Note: {word()}\0"),
        head(session, word()),
        head(session, "Content-Length: 5", "Content-Length: 3", start=post) + b"12345",
        head(session, "Content-Length: +5", start=post) + b"12345",
        head(session, "Content-Length: 15", "Transfer-Encoding: chunked", start=post)
        + b"5\r\napple\r\n0\r\n\r\n",
        head(session, "Transfer-Encoding: gzip", start=post),
    ]


def _status_of(session: Session, data: bytes) -> int:
    """The status of the answer to these bytes; 0 when there is none."""
    try:
        return answer_to(session, data).status
    except Failure:
        return 0


@check(
    "A malformed later request is rejected too",
    "A server MUST reject on a used connection what it rejects on a new one",
    cite="RFC 9112 9.3",
    hint=EACH,
)
def refused_later_too(session: Session) -> None:
    for data in _wrong_ones(session):
        if (alone := _status_of(session, data)) < 400:
            continue  # another check tells that
        connection = session.connect()
        connection.ask(session.build("GET", "/"))
        if connection.read(ends=False).wants_close:
            return
        connection.send(data)
        with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
            expect.status(connection.read("GET", ends=False), alone)
        connection.close()


def _requests(session: Session) -> list[Callable[[], Request]]:
    """What builds a request of each kind, right and wrong; each on its own is answered the same
    each time."""
    build, word, name = session.build, session.random.word, session.random.name

    def post(length: str) -> Request:
        return build(
            "POST", f"/files/{name()}", headers=[("Content-Length", length)], body=b"12345"
        )

    return [
        lambda: build("GET", "/"),
        lambda: build("GET", f"/echo/{word()}"),
        lambda: build("GET", f"/{word()}"),
        lambda: build("GET", "/", version="HTTP/1.0"),
        lambda: build("GET", "/", version="HTTP/9.0"),
        lambda: build("GET", word()),
        lambda: build("GET", "/", headers=[("Host", word())]),
        lambda: post("5"),
        lambda: post("5x"),
    ]


@check(
    "Good and bad requests get their own answers",
    "A server MUST give good and bad requests their own answers, in turn and at once",
    cite="RFC 9112 9.3",
    hint=OWN,
)
def right_and_wrong_ones(session: Session) -> None:
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE, Kind.MALFORMED):
        expect.in_turn_and_at_once(session, expect.as_alone(session, _requests(session)))
