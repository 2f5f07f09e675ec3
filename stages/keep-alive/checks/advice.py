"""What a server should do on a connection that stays open, and may do otherwise."""

from grader.author import ADVICE, Kind, Session, check, expect

from . import UPLOAD, echo

REST = "Keep what follows the first message in your buffer: it is the beginning of the next one."
EVERY = "Look at the version of every request, not only of the first one on a connection."
BODY = (
    "Read Content-Length bytes of body for every method, or close the connection after the answer."
)


@check(
    "The answer says Connection: close too",
    "A server SHOULD answer Connection: close with Connection: close",
    cite="RFC 9112 9.6",
    hint="Send Connection: close in an answer after which you close.",
    level=ADVICE,
)
def says_close(session: Session) -> None:
    connection = session.connect()
    echo(session, connection)
    answer = echo(session, connection, ("Connection", "close"))
    if not connection.ends_within(session.budgets.close):
        return  # closes_when_asked tells that
    expect.contains(
        expect.header(answer, "Connection").lower(),
        "close",
        "Connection",
    )


@check(
    "Connection options ignore case",
    "A server SHOULD find a Connection option in any case and in a list",
    cite="RFC 9110 7.6.1",
    hint="Connection is a list: split it at commas, strip each option, and ignore its case.",
    level=ADVICE,
)
def option_in_any_case(session: Session) -> None:
    for value in ("foo, close", "Close", "CLOSE"):
        connection = session.connect()
        echo(session, connection, ("connection", value))
        expect.closes(connection, f"after a request with connection: {value}")
        connection.close()


@check(
    "HTTP/1.0 connections close by default",
    "A server SHOULD close an HTTP/1.0 connection unless the client asks to keep it open",
    cite="RFC 9112 9.3",
    hint="HTTP/1.0 closes after each answer, unless the client asks for keep-alive.",
    level=ADVICE,
)
def closes_on_http_1_0(session: Session) -> None:
    for is_first in (True, False):
        connection = session.connect()
        if not is_first:
            echo(session, connection)
        connection.send(f"GET / HTTP/1.0\r\nHost: {session.host}\r\n\r\n".encode())
        expect.status(connection.read(), 200)
        if is_first:
            expect.closes(connection, "after an HTTP/1.0 request")
        else:
            why = "after an HTTP/1.0 request that followed an HTTP/1.1 request"
            expect.closes(connection, why, hint=EVERY)
        # a server may linger until its client has gone, and only then close the next
        connection.close()


@check(
    "Pipelined requests are answered in order",
    "A server SHOULD answer pipelined requests in their order",
    cite="RFC 9112 9.3.2",
    hint=REST,
    level=ADVICE,
)
def pipelined(session: Session) -> None:
    connection, words = session.connect(), [session.random.word() for _ in range(3)]
    connection.send(b"".join(session.build("GET", f"/echo/{word}").to_bytes() for word in words))
    for word in words:
        expect.body(connection.read("GET"), word.encode())


@check(
    "Content-Length says where a body stops",
    "A server SHOULD end a body after Content-Length bytes when the next request follows at once",
    cite="RFC 9112 6.3",
    hint=REST,
    asks=UPLOAD,
    level=ADVICE,
)
def body_is_bounded(session: Session) -> None:
    connection, name, word = session.connect(), session.random.name(), session.random.word()
    body = f"{word}\r\n\r\n".encode()
    post = session.build("POST", f"/files/{name}", body=body)
    connection.send(post.to_bytes() + session.build("GET", f"/echo/{word}").to_bytes())
    expect.status(connection.read("POST"), 201)
    expect.stored(session, name, body, "Stop the body after Content-Length bytes.")
    expect.body(connection.read("GET"), word.encode())


@check(
    "A body is not read as a request",
    "A server SHOULD NOT read the body of a GET, HEAD, OPTIONS or DELETE as a request",
    cite="RFC 9112 9.3",
    hint=BODY,
    level=ADVICE,
)
def body_is_no_request(session: Session) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        connection, hidden, word = session.connect(), session.random.word(), session.random.word()
        body = session.build("GET", f"/echo/{hidden}").to_bytes()
        connection.ask(session.build(method, f"/echo/{session.random.word()}", body=body))
        connection.read(method, ends=False)
        expect.no_second_answer(connection, "the body")
        connection.send(session.build("GET", f"/echo/{word}").to_bytes())
        # it may refuse the body, or close
        with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE):
            answer = connection.read("GET", ends=False)
            if answer.status == 200:
                expect.body(answer, word.encode())
        session.leave(connection)
