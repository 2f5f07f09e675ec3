"""Judges *ok*: one well-formed answer with status 200, sent as soon as the request is complete."""

from grader.author import ADVICE, Session, check, expect

NEXT = "One request is one turn of a loop: go back to accept, and serve the next client."


@check(
    "A server MUST answer GET / with a well-formed answer of status 200, without waiting for the"
    " client to close",
    cite="RFC 9110 15.3.1",
)
def answers_200(session: Session) -> None:
    expect.status(session.get("/", ends=False), 200)


@check("No byte may follow the end of an answer", cite="RFC 9112 6.3")
def nothing_outside(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check(
    "The client MUST be able to tell where the answer ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
)
def end_is_told(session: Session) -> None:
    session.get("/")


@check("After the first client has left, the next one MUST be answered", cite="course: ok")
def second_client(session: Session) -> None:
    for _ in range(3):
        expect.status(session.get("/", ends=False), 200, hint=NEXT)
        expect.listening(session)


@check(
    "A server SHOULD NOT answer before the empty line has arrived",
    cite="RFC 9112 2.1",
    level=ADVICE,
)
def waits_for_the_empty_line(session: Session) -> None:
    connection = session.connect()
    request = session.build("GET", "/").to_bytes()
    connection.send(request[:-2])
    expect.silence(
        connection,
        "before the empty line had arrived",
        hint="Only an empty line ends the head: read until \\r\\n\\r\\n before you answer.",
    )
    connection.send(request[-2:])
    expect.status(connection.read(ends=False), 200)


@check("An empty line before the request line SHOULD be ignored", cite="RFC 9112 2.2", level=ADVICE)
def ignores_a_leading_empty_line(session: Session) -> None:
    connection = session.connect()
    connection.send(b"\r\n" + session.build("GET", "/").to_bytes())
    expect.status(connection.read(ends=False), 200)


@check(
    "A space SHOULD follow the status code, even without a reason", cite="RFC 9112 4", level=ADVICE
)
def space_after_the_code(session: Session) -> None:
    expect.space_after_the_code(session.get("/", ends=False))


@check("The answer to HEAD MUST NOT have a body", cite="RFC 9110 9.3.2", level=ADVICE)
def head_has_no_body(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("HEAD", "/"))
    connection.read()
    expect.nothing_more(connection)
