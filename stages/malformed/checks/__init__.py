"""Judges *malformed*: what is not HTTP gets an error, what only looks odd is served, and the server
keeps running."""

from grader.author import Connection, Failure, Kind, Response, Session, check, expect

RAISED = (
    "Your handler probably raised an exception. Catch it where you read requests: answer"
    " 400, then close the connection."
)
CLOSE = "Close the connection after the answer: where the next request begins is unknown."
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


def stores(session: Session, line: str, *, refusable: bool, after: bool = False) -> None:
    """A line before all others, or `after` them, sets no length: all ten bytes of the body are
    stored, or the request is rejected."""
    name, word = session.random.name(), session.random.word(10)
    start, length = f"POST /files/{name} HTTP/1.1", "Content-Length: 10"
    whole = (
        head(session, length, line, start=start)
        if after
        else head(session, length, start=f"{start}\r\n{line}")
    )
    answer = answer_to(session, whole + word.encode())
    if not refusable or answer.status < 400:
        expect.status(answer, 201)
        expect.stored(session, name, word.encode())


@check(
    "Unusual but legal requests are served",
    "A server MUST serve a request that looks unusual but is legal",
    cite="RFC 9110 5.6.2",
    hint=(
        "Accept letters, digits and !#$%&'*+-.^_`|~ in a header name, and accept an empty value."
    ),
)
def unusual_but_legal(session: Session) -> None:
    word = session.random.word()
    odd = (
        "X-Empty:",
        '!#$%&\'*+-.^_`|~9: a : "b", c',
        f"uSER-aGENT:{word}",
        "Accept: */*",
        "accept: text/plain",
    )
    answer = answer_to(session, head(session, *odd, start="GET /user-agent HTTP/1.1"))
    expect.status(answer, 200)
    expect.body(answer, word.encode())
