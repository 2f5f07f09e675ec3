"""Judges *methods*: HEAD is GET without the body; a method that the path does not support is
rejected."""

from grader.author import Connection, Failure, Kind, Response, Session, check, expect

AS_GET = "Handle HEAD like GET, but send only the head."
COUNT = "Build the answer as for GET, with its Content-Length. Drop the body only when you send."
ALLOW = "List in Allow exactly the methods that the path supports, separated by commas."


def pages(session: Session) -> list[str]:
    """A path of each kind that has something to show."""
    name = session.random.name()
    session.files.put(name, session.random.word(300).encode())
    return ["/", f"/echo/{session.random.word()}", f"/files/{name}"]


def ask(connection: Connection, session: Session, method: str, target: str) -> Response:
    connection.ask(session.build(method, target))
    return connection.read()


def answer_to(session: Session, method: str, target: str) -> Response:
    return session.exchange(session.build(method, target))


def post(session: Session, body: str) -> Response:
    return session.exchange(session.build("POST", "/", body=body.encode()))


def unknown(session: Session) -> str:
    return f"BREW-{session.random.word().upper()}"


@check(
    "HEAD / gets 200 without a body",
    "A server MUST answer HEAD / with 200 like GET, but without a body",
    cite="RFC 9110 9.3.2",
    hint=AS_GET,
)
def head_of_root(session: Session) -> None:
    connection = session.connect()
    expect.status(ask(connection, session, "HEAD", "/"), 200)
    expect.nothing_more(connection)


@check(
    "HEAD of a text or a file has no body",
    "A server MUST answer HEAD of a text or a file like GET, but without a body",
    cite="RFC 9110 9.3.2",
    hint=AS_GET,
)
def head_of_pages(session: Session) -> None:
    for target in pages(session):
        connection = session.connect()
        expect.status(ask(connection, session, "HEAD", target), 200)
        expect.nothing_more(connection)


@check(
    "HEAD has the Content-Length of GET",
    "A Content-Length in the answer to HEAD MUST be that of GET",
    cite="RFC 9110 8.6",
    hint=COUNT,
)
def length_of_head(session: Session) -> None:
    for target in pages(session):
        size = len(answer_to(session, "GET", target).body)
        answer = answer_to(session, "HEAD", target)
        length = answer.header("Content-Length")
        if length and int(length.split(",")[0]) != size:
            raise Failure(
                Kind.MISMATCH,
                f"HEAD {target} says Content-Length: {length}, but GET {target} sends {size}"
                " bytes.",
                expected=f"Content-Length: {size}, or no Content-Length",
                actual=f"Content-Length: {length}",
            )


@check(
    "HEAD gets 404 where GET does",
    "A server MUST answer HEAD with 404 where it answers GET with 404, but without a body",
    cite="RFC 9110 9.3.2",
    hint=AS_GET,
)
def head_of_nothing(session: Session) -> None:
    for target in (f"/{session.random.word()}", f"/files/{session.random.name()}"):
        connection = session.connect()
        expect.status(ask(connection, session, "HEAD", target), 404)
        expect.nothing_more(connection)


@check(
    "The request after a HEAD is answered",
    "A server MUST answer the next request on the connection after a HEAD",
    cite="RFC 9112 9.3",
    hint="After HEAD, keep the connection as after GET, and send no body.",
)
def request_after_head(session: Session) -> None:
    connection, word = session.connect(), session.random.word()
    for target in pages(session):
        expect.announces_no_close(ask(connection, session, "HEAD", target))
        expect.stays_open(connection, f"after HEAD {target}")
    expect.body(ask(connection, session, "GET", f"/echo/{word}"), word.encode())
