"""Judges *ok*: one well-formed answer with status 200, sent as soon as the request is complete."""

from grader.author import ADVICE, Session, check, expect

FOUND = (
    "Answer GET / with the status line HTTP/1.1 200 OK.",
    "Look where you choose the status: the path of this request is / and nothing else.",
    "Others compared the whole request line with /, kept a blank or the version in the path, or"
    " answered 404 to everything.",
)
NEXT = (
    "Serve clients in a loop: when one has left, which recv tells by no bytes, close its connection"
    " and go back to accept.",
    "Look where you call accept and close: accept belongs into the loop, and close is for the"
    " client's socket.",
    "Others called accept once before the loop, closed the listening socket, or left the loop after"
    " an answer.",
)


@check(
    "GET / gets 200",
    "A server MUST answer GET / with a well-formed 200, without waiting for the client to close",
    cite="RFC 9110 15.3.1",
)
def answers_200(session: Session) -> None:
    expect.status(session.get("/", ends=False), 200, hint=FOUND)


@check(
    "No byte follows the answer",
    "A server MUST NOT send a byte after the end of its answer",
    cite="RFC 9112 6.3",
)
def nothing_outside(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check(
    "The client can tell where the answer ends",
    "The client MUST be able to tell where the answer ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
)
def end_is_told(session: Session) -> None:
    session.get("/")


@check(
    "The next client is answered too",
    "A server MUST answer the next client after the first one has left",
    cite="course: ok",
    hint=NEXT,
)
def second_client(session: Session) -> None:
    for _ in range(3):
        expect.status(session.get("/", ends=False), 200)
        expect.listening(session)


@check(
    "The answer waits for the end of the head",
    "A server SHOULD NOT answer before the empty line has arrived",
    cite="RFC 9112 2.1",
    hint=(
        "Read until the empty line (\\r\\n\\r\\n) before you answer.",
        "Look where you call recv: append each piece, and search all of them for \\r\\n\\r\\n.",
        "Others answered after the first recv, or searched only the last piece.",
    ),
    level=ADVICE,
)
def waits_for_the_empty_line(session: Session) -> None:
    connection = session.connect()
    request = session.build("GET", "/").to_bytes()
    connection.send(request[:-2])
    expect.silence(connection, "before the empty line had arrived")
    connection.send(request[-2:])
    expect.status(connection.read(ends=False), 200)


@check(
    "A leading empty line is ignored",
    "A server SHOULD ignore an empty line before the request line",
    cite="RFC 9112 2.2",
    hint="Skip an empty line before the request line.",
    level=ADVICE,
)
def ignores_a_leading_empty_line(session: Session) -> None:
    connection = session.connect()
    connection.send(b"\r\n" + session.build("GET", "/").to_bytes())
    expect.status(connection.read(ends=False), 200)


@check(
    "A space follows the status code",
    "A server SHOULD send a space after the status code, even without a reason phrase",
    cite="RFC 9112 4",
    level=ADVICE,
)
def space_after_the_code(session: Session) -> None:
    expect.space_after_the_code(session.get("/", ends=False))


@check(
    "The answer to HEAD has no body",
    "A server MUST NOT send a body in its answer to HEAD",
    cite="RFC 9110 9.3.2",
    level=ADVICE,
)
def head_has_no_body(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("HEAD", "/"))
    connection.read()
    expect.nothing_more(connection)
