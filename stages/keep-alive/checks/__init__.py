"""Judges *keep-alive*: many requests on one connection, each answer told apart, and an end when it is asked for."""

from dataclasses import replace

from grader import expect
from grader.check import ADVICE, check
from grader.client import Connection
from grader.failure import Failure, Kind
from grader.session import Session
from grader.wire import Request, Response

LOOP = "Answer in a loop: read a request, answer it, and go back to reading on the same connection."
REST = "What follows the first message in your buffer is the beginning of the next one: keep it."
OWN = "Begin each request with nothing: what the one before it said is over."
AGAIN = "What the first request on a connection got, the next one gets too, if it asks the same."
BLEED = (
    "Take exactly Content-Length bytes out of the buffer: not one more, and none may stay there for the next request."
)
BODY = "Content-Length counts for every method: read that many bytes, or answer and close."
IDLE_S = 0.5


def _echo(session: Session, connection: Connection, *headers: tuple[str, str]) -> Response:
    """One request on the connection, with its own right answer."""
    word = session.random.word()
    connection.ask(session.build("GET", f"/echo/{word}", headers=headers))
    answer = connection.read()
    expect.body(answer, word.encode(), hint=LOOP)
    return answer


def _kinds(session: Session) -> list[tuple[Request, int]]:
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


@check("A second request on the same connection MUST be answered", cite="RFC 9112 9.3")
def second_request(session: Session) -> None:
    connection = session.connect()
    expect.announces_no_close(_echo(session, connection))
    expect.stays_open(connection, "after the first answer")
    _echo(session, connection)


@check("Many requests on one connection MUST each get their own answer", cite="RFC 9112 9.3")
def many_requests(session: Session) -> None:
    connection, first = session.connect(), None
    for _ in range(10):
        coded = _echo(session, connection, ("Accept-Encoding", "gzip"))
        first = coded if first is None else first
        expect.codings(coded, first.content_coding or ("identity",), AGAIN)
        plain = _echo(session, connection)
        expect.no_header(plain, "Content-Encoding", "only the request before it asked for that", OWN)


@check("The end of every kind of answer MUST be told by its head", cite="RFC 9112 6.3")
def ends_are_told(session: Session) -> None:
    connection = session.connect()
    for request, status in _kinds(session):
        connection.ask(request)
        answer = connection.read(ends=False)
        expect.told_apart(answer)
        expect.status(answer, status)
        expect.nothing_more(connection)
        expect.stays_open(connection, f"after a {status} answer")


@check("A request after a POST on the same connection MUST be answered", cite="RFC 9112 9.3")
def post_then_get(session: Session) -> None:
    connection = session.connect()
    for length in (100, session.random.number(1, 60)):  # a POST after a POST, too: a few bytes too many spoil its name
        name, body = session.random.name(), f"{session.random.word(length)}\r\n\r\n".encode()
        request = session.build("POST", f"/files/{name}", body=body)
        connection.send_slowly(request.head, body)
        answer = connection.read("POST")
        expect.status(answer, 201, hint=BLEED)
        expect.stored(session.files, name, body, BLEED)
        if location := answer.header("Location"):
            expect.contains(location, name, "Location", OWN)
    _echo(session, connection)


@check("Several persistent connections MUST be served side by side", cite="RFC 9112 9.4")
def interleaved(session: Session) -> None:
    connections = [session.connect() for _ in range(3)]
    for _ in range(3):
        for connection in connections:
            _echo(session, connection)


@check("After a request with Connection: close, the connection MUST be closed", cite="RFC 9112 9.6")
def closes_when_asked(session: Session) -> None:
    connection = session.connect()
    _echo(session, connection)
    _echo(session, connection, ("Connection", "close"))
    expect.closes(connection, "after a request with Connection: close")


@check("Connection: close MUST close the connection after a 404 too", cite="RFC 9112 9.6")
def closes_after_404(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", f"/{session.random.word()}", headers=[("Connection", "close")]))
    expect.status(connection.read(), 404)
    expect.closes(connection, "after a 404 to a request with Connection: close")


@check(
    "An ordinary client (Python's requests) MUST be able to use one connection throughout",
    cite="RFC 9112 9.3",
)
def ordinary_client(session: Session) -> None:
    with session.mainstream() as client:
        for _ in range(3):
            word = session.random.word()
            expect.text_of(client.get(session.url(f"/echo/{word}")), word)
    expect.equal(session.connection_count, 1, "connections were opened for three requests", hint=LOOP)


@check("The answer to Connection: close SHOULD say Connection: close", cite="RFC 9112 9.6", level=ADVICE)
def says_close(session: Session) -> None:
    connection = session.connect()
    _echo(session, connection)
    answer = _echo(session, connection, ("Connection", "close"))
    if not connection.ends_within(session.budgets.close):
        return  # closes_when_asked tells that
    expect.contains(expect.header(answer, "Connection", "Say that you will close.").lower(), "close", "Connection")


@check("Connection options SHOULD be found in any case and in a list", cite="RFC 9110 7.6.1", level=ADVICE)
def option_in_any_case(session: Session) -> None:
    for value in ("foo, close", "Close", "CLOSE"):
        connection = session.connect()
        _echo(session, connection, ("connection", value))
        expect.closes(connection, f"after a request with connection: {value}")
        connection.close()


@check("An HTTP/1.0 client SHOULD be closed on unless it asks to stay", cite="RFC 9112 9.3", level=ADVICE)
def closes_on_http_1_0(session: Session) -> None:
    for is_first in (True, False):
        connection = session.connect()
        if not is_first:
            _echo(session, connection)
        connection.send(f"GET / HTTP/1.0\r\nHost: {session.host}\r\n\r\n".encode())
        expect.status(connection.read(), 200)
        expect.closes(connection, "after an HTTP/1.0 request")
        connection.close()  # a server may linger until its client has gone, and only then close the next


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


@check("The body of a GET, HEAD or OPTIONS SHOULD NOT be taken for a request", cite="RFC 9112 9.3", level=ADVICE)
def body_is_no_request(session: Session) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        connection, hidden, word = session.connect(), session.random.word(), session.random.word()
        body = session.build("GET", f"/echo/{hidden}").to_bytes()
        connection.ask(session.build(method, f"/echo/{session.random.word()}", body=body))
        connection.read(method, ends=False)
        expect.no_second_answer(connection, "the body", BODY)
        connection.send(session.build("GET", f"/echo/{word}").to_bytes())
        with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE):  # it may refuse the body, or close
            answer = connection.read("GET", ends=False)
            if answer.status == 200:
                expect.body(answer, word.encode(), hint=BODY)
        connection.close()


@check("A server SHOULD be at rest after its client has left", cite="RFC 9112 9.5", level=ADVICE)
def rests_after_the_client(session: Session) -> None:
    connection = session.connect()
    _echo(session, connection)
    connection.close()
    expect.idle(session, "after its client has left")


@check("A server that announces Connection: close SHOULD close", cite="RFC 9112 9.6", level=ADVICE)
def keeps_its_word(session: Session) -> None:
    for request, _ in _kinds(session):
        closing = replace(request, headers=(*request.headers, ("Connection", "close")))
        for asked in (request, closing, request):  # the third one got the word of the second in some servers
            connection = session.connect()
            connection.ask(asked)
            if connection.read(ends=False).wants_close and asked is not closing:
                expect.closes(connection, "although its answer says Connection: close")
            connection.close()


@check("An idle connection SHOULD outlive half a second", cite="RFC 9112 9.5", level=ADVICE, beside=True)
def outlives_half_a_second(session: Session) -> None:
    connection = session.connect()
    _echo(session, connection)
    expect.stays_open(connection, "after half a second of silence", IDLE_S)
    _echo(session, connection)


@check("close SHOULD win over keep-alive in one Connection header", cite="RFC 9112 9.3", level=ADVICE)
def close_wins(session: Session) -> None:
    listed = session.connect()
    _echo(session, listed, ("Connection", "foo, close"))
    if not listed.ends_within(session.budgets.close):
        return  # closes_when_asked and option_in_any_case tell that
    listed.close()
    for value in ("close, keep-alive", "keep-alive, close"):
        connection = session.connect()
        _echo(session, connection, ("Connection", value))
        expect.closes(connection, f"after a request with Connection: {value}")
        connection.close()


@check("A connection of HTTP/1.0 that stays open SHOULD say keep-alive", cite="RFC 9112 C.2.2", level=ADVICE)
def announces_keep_alive(session: Session) -> None:
    for options in ([], [("Connection", "keep-alive")]):
        connection, target = session.connect(), f"/echo/{session.random.word()}"
        connection.ask(session.build("GET", target, headers=options, version="HTTP/1.0"))
        answer = connection.read(ends=False)
        if "keep-alive" in answer.tokens("Connection") or connection.ends_within(session.budgets.close):
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
            answer = _echo(session, connection)
        except Failure:
            if number < 20:
                return  # many_requests tells that
            raise
        if answer.wants_close:
            return
