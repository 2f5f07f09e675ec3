"""Judges *ok*: one well-formed answer with status 200, sent as soon as the request is complete."""

import re

from grader import expect
from grader.check import ADVICE, check
from grader.failure import Failure, Kind
from grader.session import Session

INTERIM = 8192  # bytes of 1xx answers that may come before the final one (RFC 9110 15.2)


@check(
    "A server MUST answer GET / with status 200, without waiting for the client to close",
    cite="RFC 9110 15.3.1",
)
def answers_200(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    begun = connection.read_until(b" 200", at_most=64)
    while re.match(rb"HTTP/1\.1 1\d\d", begun) and b" 200" not in begun and len(begun) < INTERIM:
        begun += connection.read_until(b" 200", at_most=64)
    if b" 200" not in begun or not begun.startswith(b"HTTP/1."):
        raise Failure(
            Kind.MISMATCH,
            "the answer does not begin with a status line that says 200",
            expected=b"HTTP/1.1 200",
            actual=begun,
            offset=expect.first_difference(b"HTTP/1.1 200", begun),
            hint="The first line of an answer is the version, a space, the status code, a space and a reason.",
            cite="RFC 9112 4",
        )


@check(
    "The status line and each header line MUST end with CRLF, and an empty line ends the head",
    cite="RFC 9112 2.1",
)
def well_formed(session: Session) -> None:
    expect.status(session.get("/", ends=False), 200)


@check("No byte may follow the end of an answer", cite="RFC 9112 6.3")
def nothing_outside(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check(
    "The end of an answer SHOULD be told: by a length, by chunks or by closing",
    cite="RFC 9112 6.3",
    level=ADVICE,
)
def end_is_told(session: Session) -> None:
    session.get("/")


@check("A server SHOULD NOT answer before the empty line has arrived", cite="RFC 9112 2.1", level=ADVICE)
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


@check("The answer to HEAD MUST NOT have a body", cite="RFC 9110 9.3.2", level=ADVICE)
def head_has_no_body(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("HEAD", "/"))
    connection.read()
    expect.nothing_more(connection)
