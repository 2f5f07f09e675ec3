"""Judges *malformed*: what is not HTTP is refused in words, what only looks odd is served, and the server lives on."""

from grader import expect
from grader.check import check
from grader.client import Connection
from grader.failure import Failure, Kind
from grader.session import Session
from grader.wire import Response

RAISED = "Your handler probably raised. Catch that where you read requests: answer 400, and then close."
EACH = "Look at each request in the same way, whether it is the first on its connection or not."
LENGTH, CHUNKS = "Content-Length: 3", "Transfer-Encoding: chunked"
"""Two header lines that frame a body, and would frame one of ten bytes wrongly."""


def head(session: Session, *lines: str, start: str = "GET / HTTP/1.1") -> bytes:
    """The head of a request: `start`, which may be several lines, Host, and the other lines."""
    return "\r\n".join((start, f"Host: {session.host}", *lines, "", "")).encode("latin-1")


def sent(session: Session, data: bytes) -> tuple[Connection, Response]:
    """A connection on which this was sent, and the answer to it."""
    connection = session.connect()
    connection.send(data)
    try:
        return connection, connection.read("GET")
    except Failure as failure:
        if failure.kind is Kind.CLOSED:
            failure.hint = RAISED
        raise


def answer_to(session: Session, data: bytes) -> Response:
    """The answer to these bytes, on a connection of its own, which is then closed."""
    connection, answer = sent(session, data)
    connection.close()
    return answer


def stores(session: Session, line: str, *, hint: str, refusable: bool, after: bool = False) -> None:
    """A line before all others, or `after` them, frames nothing: all ten bytes of the body are stored, or refused."""
    name, word = session.random.name(), session.random.word(10)
    start, length = f"POST /files/{name} HTTP/1.1", "Content-Length: 10"
    whole = head(session, length, line, start=start) if after else head(session, length, start=f"{start}\r\n{line}")
    with expect.silence_means(hint):
        answer = answer_to(session, whole + word.encode())
    if not refusable or answer.status < 400:
        expect.status(answer, 201, hint=hint)
        expect.stored(session.files, name, word.encode(), hint)


def refused_ones(session: Session) -> list[bytes]:
    """A request for each rule for which status 400 is required."""
    post = f"POST /files/{session.random.name()} HTTP/1.1"
    return [
        head(session, start=f"GET {session.random.word()}"),
        f"GET / HTTP/1.1\r\nX-Host: {session.host}\r\n\r\n".encode(),
        head(session, f"host: {session.random.word()}"),
        head(session, f"X-Note : {session.random.word()}"),
        head(session, "Content-Length: 5", "Content-Length: 3", start=post) + b"12345",
        head(session, "Content-Length: 5x", start=post) + b"12345",
    ]


@check("What is refused on a new connection MUST be refused on one that is in use", cite="RFC 9112 9.3")
def refused_later_too(session: Session) -> None:
    for data in refused_ones(session):
        if not 400 <= _status_of(session, data) < 500:
            continue  # another check tells that
        connection = session.connect()
        connection.ask(session.build("GET", "/"))
        if connection.read(ends=False).wants_close:
            return
        connection.send(data)
        with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
            expect.refused(connection.read("GET", ends=False), 400, hint=EACH)
        connection.close()


def _status_of(session: Session, data: bytes) -> int:
    """The status of the answer to these bytes; 0 when there is none."""
    try:
        return answer_to(session, data).status
    except Failure:
        return 0


@check("A request that looks unusual and is legal MUST be answered as always", cite="RFC 9110 5.6.2")
def unusual_but_legal(session: Session) -> None:
    word = session.random.word()
    odd = ("X-Empty:", '!#$%&\'*+-.^_`|~9: a : "b", c', f"uSER-aGENT:{word}", "Accept: */*", "accept: text/plain")
    answer = answer_to(session, head(session, *odd, start="GET /user-agent HTTP/1.1"))
    expect.status(answer, 200, hint="A name is made of letters, digits and !#$%&'*+-.^_`|~; a value may be empty.")
    expect.body(answer, word.encode())
