"""What a server should do on a connection that stays open, and may do otherwise."""

from dataclasses import replace

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import echo, kinds

REST = "What follows the first message in your buffer is the beginning of the next one: keep it."
BODY = "Content-Length counts for every method: read that many bytes, or answer and close."
IDLE_S = 0.5


@check(
    "The answer to Connection: close SHOULD say Connection: close",
    cite="RFC 9112 9.6",
    level=ADVICE,
)
def says_close(session: Session) -> None:
    connection = session.connect()
    echo(session, connection)
    answer = echo(session, connection, ("Connection", "close"))
    if not connection.ends_within(session.budgets.close):
        return  # closes_when_asked tells that
    expect.contains(
        expect.header(answer, "Connection", "Say that you will close.").lower(),
        "close",
        "Connection",
    )


@check(
    "Connection options SHOULD be found in any case and in a list",
    cite="RFC 9110 7.6.1",
    level=ADVICE,
)
def option_in_any_case(session: Session) -> None:
    for value in ("foo, close", "Close", "CLOSE"):
        connection = session.connect()
        echo(session, connection, ("connection", value))
        expect.closes(connection, f"after a request with connection: {value}")
        connection.close()


@check(
    "An HTTP/1.0 client SHOULD be closed on unless it asks to stay",
    cite="RFC 9112 9.3",
    level=ADVICE,
)
def closes_on_http_1_0(session: Session) -> None:
    for is_first in (True, False):
        connection = session.connect()
        if not is_first:
            echo(session, connection)
        connection.send(f"GET / HTTP/1.0\r\nHost: {session.host}\r\n\r\n".encode())
        expect.status(connection.read(), 200)
        expect.closes(connection, "after an HTTP/1.0 request")
        # a server may linger until its client has gone, and only then close the next
        connection.close()


@check("Pipelined requests SHOULD be answered in their order", cite="RFC 9112 9.3.2", level=ADVICE)
def pipelined(session: Session) -> None:
    connection, words = session.connect(), [session.random.word() for _ in range(3)]
    connection.send(b"".join(session.build("GET", f"/echo/{word}").to_bytes() for word in words))
    for word in words:
        expect.body(connection.read("GET"), word.encode(), hint=REST)


@check(
    "Content-Length SHOULD bound a body when the next request follows at once",
    cite="RFC 9112 6.3",
    level=ADVICE,
)
def body_is_bounded(session: Session) -> None:
    connection, name, word = session.connect(), session.random.name(), session.random.word()
    body = f"{word}\r\n\r\n".encode()
    post = session.build("POST", f"/files/{name}", body=body)
    connection.send(post.to_bytes() + session.build("GET", f"/echo/{word}").to_bytes())
    expect.status(connection.read("POST"), 201)
    expect.stored(session.files, name, body, "Content-Length says where the body stops.")
    expect.body(connection.read("GET"), word.encode(), hint=REST)


@check(
    "The body of a GET, HEAD or OPTIONS SHOULD NOT be taken for a request",
    cite="RFC 9112 9.3",
    level=ADVICE,
)
def body_is_no_request(session: Session) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        connection, hidden, word = session.connect(), session.random.word(), session.random.word()
        body = session.build("GET", f"/echo/{hidden}").to_bytes()
        connection.ask(session.build(method, f"/echo/{session.random.word()}", body=body))
        connection.read(method, ends=False)
        expect.no_second_answer(connection, "the body", BODY)
        connection.send(session.build("GET", f"/echo/{word}").to_bytes())
        # it may refuse the body, or close
        with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE):
            answer = connection.read("GET", ends=False)
            if answer.status == 200:
                expect.body(answer, word.encode(), hint=BODY)
        connection.close()


@check("A server SHOULD be at rest after its client has left", cite="RFC 9112 9.5", level=ADVICE)
def rests_after_the_client(session: Session) -> None:
    connection = session.connect()
    echo(session, connection)
    connection.close()
    expect.idle(session, "after its client has left")


@check("A server that announces Connection: close SHOULD close", cite="RFC 9112 9.6", level=ADVICE)
def keeps_its_word(session: Session) -> None:
    for request, _ in kinds(session):
        closing = replace(request, headers=(*request.headers, ("Connection", "close")))
        # the third one got the word of the second in some servers
        for asked in (request, closing, request):
            connection = session.connect()
            connection.ask(asked)
            if connection.read(ends=False).wants_close and asked is not closing:
                expect.closes(connection, "although its answer says Connection: close")
            connection.close()


@check(
    "An idle connection SHOULD outlive half a second",
    cite="RFC 9112 9.5",
    level=ADVICE,
    beside=True,
)
def outlives_half_a_second(session: Session) -> None:
    connection = session.connect()
    echo(session, connection)
    expect.stays_open(connection, "after half a second of silence", IDLE_S)
    echo(session, connection)


@check(
    "close SHOULD win over keep-alive in one Connection header", cite="RFC 9112 9.3", level=ADVICE
)
def close_wins(session: Session) -> None:
    listed = session.connect()
    echo(session, listed, ("Connection", "foo, close"))
    if not listed.ends_within(session.budgets.close):
        return  # closes_when_asked and option_in_any_case tell that
    listed.close()
    for value in ("close, keep-alive", "keep-alive, close"):
        connection = session.connect()
        echo(session, connection, ("Connection", value))
        expect.closes(connection, f"after a request with Connection: {value}")
        connection.close()


@check(
    "A connection of HTTP/1.0 that stays open SHOULD say keep-alive",
    cite="RFC 9112 C.2.2",
    level=ADVICE,
)
def announces_keep_alive(session: Session) -> None:
    for options in ([], [("Connection", "keep-alive")]):
        connection, target = session.connect(), f"/echo/{session.random.word()}"
        connection.ask(session.build("GET", target, headers=options, version="HTTP/1.0"))
        answer = connection.read(ends=False)
        if "keep-alive" in answer.tokens("Connection") or connection.ends_within(
            session.budgets.close
        ):
            continue
        if not options:
            return  # closes_on_http_1_0 tells that
        hint = "Without that, an HTTP/1.0 client waits for the end of the connection."
        expect.contains(answer.header("Connection") or "", "keep-alive", "Connection", hint=hint)


@check("500 requests on one connection SHOULD be answered", cite="RFC 9112 9.3", level=ADVICE)
def five_hundred_requests(session: Session) -> None:
    connection = session.connect()
    for number in range(500):
        try:
            answer = echo(session, connection)
        except Failure:
            if number < 20:
                return  # many_requests tells that
            raise
        if answer.wants_close:
            return
