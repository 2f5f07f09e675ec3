"""Judges *keep-alive*: many requests on one connection, each answer with its own end, and a close
on request."""

from grader.author import Connection, Request, Response, Session, check, expect

LOOP = (
    "Serve each connection in a loop: read a request, answer it, and read the next one.",
    "Look for what ends the connection: a close, a with block that ends, a return in the handler.",
    "Others closed after each answer, answered Connection: close, or read the next request from a"
    " buffer that they had emptied.",
)
OPTIONS = (
    "Do not send Connection: close unless the client asked for it. Only the option close asks for"
    " it: others, such as keep-alive, do not."
)
OWN = "Start each request with empty variables: forget the headers of the one before it."
AGAIN = "Answer equal requests on one connection in the same way, the first one and the later ones."
BLEED = (
    "Take exactly Content-Length bytes out of the buffer. What is left begins the next request.",
    "Look where you empty the buffer: which bytes are in it after the body?",
    "Others threw away all that one recv had returned, or took all of it as the body.",
)
UPLOAD = ("files/stores_a_body",)
ROUTES = ("headers/returns_the_value", "files/serves_a_file", *UPLOAD)
"""The checks of what `kinds` asks, besides what this stage builds on."""


def echo(session: Session, connection: Connection, *headers: tuple[str, str]) -> Response:
    """One request on the connection, with its own right answer."""
    word = session.random.word()
    connection.ask(session.build("GET", f"/echo/{word}", headers=headers))
    answer = connection.read()
    expect.body(answer, word.encode())
    return answer


def kinds(session: Session) -> list[tuple[Request, int]]:
    """One request of each kind that the course knows, and its status."""
    name, word = session.random.name(), session.random.word()
    return [
        (session.build("GET", "/"), 200),
        (session.build("GET", f"/{word}"), 404),
        (session.build("POST", f"/files/{name}", body=word.encode()), 201),
        (session.build("GET", f"/files/{name}"), 200),
        (session.build("GET", f"/echo/{word}", headers=[("Accept-Encoding", "gzip")]), 200),
        (session.build("GET", "/user-agent", headers=[("User-Agent", word)]), 200),
    ]


@check(
    "A second request is answered",
    "A server MUST answer a second request on the same connection",
    cite="RFC 9112 9.3",
    hint=LOOP,
)
def second_request(session: Session) -> None:
    connection = session.connect()
    expect.announces_no_close(echo(session, connection))
    expect.stays_open(connection, "after the first answer")
    echo(session, connection)


@check(
    "Each of many requests gets its own answer",
    "A server MUST answer each of many requests on one connection with its own answer",
    cite="RFC 9112 9.3",
    hint=OWN,
)
def many_requests(session: Session) -> None:
    connection, first = session.connect(), None
    for _ in range(10):
        coded = echo(session, connection, ("Accept-Encoding", "gzip"))
        first = coded if first is None else first
        if first.content_coding:
            expect.codings(coded, first.content_coding, AGAIN)
        else:
            why = "the first answer to such a request had none"
            expect.no_header(coded, "Content-Encoding", why, AGAIN)
        plain = echo(session, connection)
        expect.no_header(plain, "Content-Encoding", "only the previous request accepted that")


@check(
    "Every head tells where its answer ends",
    "The head of every answer MUST tell the client where the answer ends",
    cite="RFC 9112 6.3",
    asks=ROUTES,
)
def ends_are_told(session: Session) -> None:
    connection = session.connect()
    for request, status in kinds(session):
        connection.ask(request)
        answer = connection.read(ends=False)
        expect.told_apart(answer)
        expect.status(answer, status)
        expect.nothing_more(connection)
        expect.stays_open(connection, f"after a {status} answer")


@check(
    "A request after a POST is answered",
    "A server MUST answer a request after a POST on the same connection",
    cite="RFC 9112 9.3",
    hint=BLEED,
    asks=UPLOAD,
)
def post_then_get(session: Session) -> None:
    connection = session.connect()
    # a POST after a POST, too: a few bytes too many spoil its name
    for length in (100, session.random.number(1, 60)):
        name, body = session.random.name(), f"{session.random.word(length)}\r\n\r\n".encode()
        request = session.build("POST", f"/files/{name}", body=body)
        connection.send_slowly(request.head, body)
        answer = connection.read("POST")
        expect.status(answer, 201)
        expect.stored(session, name, body)
        if location := answer.header("Location"):
            expect.contains(location, name, "Location", OWN)
    echo(session, connection)


@check(
    "Several connections are served at the same time",
    "A server MUST serve several persistent connections at the same time",
    cite="RFC 9112 9.4",
    hint="Keep the buffer and the state of each connection apart, and serve each one on its own.",
)
def interleaved(session: Session) -> None:
    connections = [session.connect() for _ in range(3)]
    for _ in range(3):
        for connection in connections:
            echo(session, connection)


@check(
    "Connection: close closes the connection",
    "A server MUST close the connection after a request with Connection: close",
    cite="RFC 9112 9.6",
    hint="Look at the Connection header of every request: close ends the connection after it.",
)
def closes_when_asked(session: Session) -> None:
    connection = session.connect()
    echo(session, connection)
    echo(session, connection, ("Connection", "close"))
    expect.closes(connection, "after a request with Connection: close")


@check(
    "Connection: close holds after a 404 too",
    "A server MUST close the connection after a 404 when the request said Connection: close",
    cite="RFC 9112 9.6",
    hint="Decide whether to close in the loop, for every answer: not in one route.",
)
def closes_after_404(session: Session) -> None:
    connection = session.connect()
    connection.ask(
        session.build("GET", f"/{session.random.word()}", headers=[("Connection", "close")])
    )
    expect.status(connection.read(), 404)
    expect.closes(connection, "after a 404 to a request with Connection: close")


@check(
    "Connection: close ends no other connection",
    "A server MUST NOT close a connection because another client sent Connection: close",
    cite="RFC 9112 9.3",
    hint=OWN,
)
def closes_no_other(session: Session) -> None:
    echo(session, session.connect(), ("Connection", "close"))
    other = session.connect()
    expect.announces_no_close(echo(session, other), "only another client asked for it", OWN)
    expect.stays_open(other, "after another client sent Connection: close")


@check(
    "Python's requests needs only one connection",
    "An ordinary client (Python's requests) MUST be able to use one connection throughout",
    cite="RFC 9112 9.3",
    hint=LOOP,
)
def ordinary_client(session: Session) -> None:
    words = [session.random.word() for _ in range(3)]
    urls = [session.url(f"/echo/{word}") for word in words]
    what, told = "connections were opened for three requests", ""
    with session.requests_client() as client:
        for url, word in zip(urls, words, strict=True):
            answer = client.get(url)
            expect.text_of(answer, word)
            if answer.headers.get("Connection", "").lower() == "close":
                # it sends Connection: keep-alive
                told = ": an answer says Connection: close, but the client did not ask for it"
    expect.equal(
        session.connection_count,
        1,
        what + told,
        OPTIONS if told else LOOP,
        by_hand=f"curl -sv {' '.join(urls)} 2>&1 | grep 'Connected to'",
    )
