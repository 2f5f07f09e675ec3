"""How long a connection should live, and what it should cost."""

from grader.author import ADVICE, Failure, Session, check, expect, replace

from . import echo, kinds

CLOSE = ("Connection", "close")
IDLE_S = 0.5


@check(
    "The server is idle after its client has left",
    "A server SHOULD NOT use processor time after its client has left",
    cite="RFC 9112 9.5",
    hint="When recv returns b'', the client has closed the connection: leave the loop.",
    level=ADVICE,
)
def rests_after_the_client(session: Session) -> None:
    for headers, who in ((), "its client"), ([CLOSE], "a client that sent Connection: close"):
        connection = session.connect()
        echo(session, connection, *headers)
        connection.close()
        expect.idle(session, f"after {who} has left")


@check(
    "An announced close happens",
    "A server SHOULD close the connection when its answer says Connection: close",
    cite="RFC 9112 9.6",
    hint="Close after an answer in which you said Connection: close, or do not say it.",
    level=ADVICE,
)
def keeps_its_word(session: Session) -> None:
    for request, _ in kinds(session):
        closing = replace(request, headers=(*request.headers, CLOSE))
        # the third one got the word of the second in some servers
        for asked in (request, closing, request):
            connection = session.connect()
            connection.ask(asked)
            if connection.read(ends=False).wants_close and asked is not closing:
                expect.closes(connection, "although its answer says Connection: close")
            session.leave(connection)


@check(
    "An idle connection stays open",
    "A server SHOULD keep an idle connection open for at least half a second",
    cite="RFC 9112 9.5",
    hint="Wait longer for the next request: a client may need some seconds for it.",
    level=ADVICE,
    beside=True,
)
def outlives_half_a_second(session: Session) -> None:
    connection = session.connect()
    echo(session, connection)
    expect.stays_open(connection, "after half a second of silence", IDLE_S)
    echo(session, connection)


@check(
    "In one header, close wins over keep-alive",
    "A server SHOULD close the connection when one Connection header has close and keep-alive",
    cite="RFC 9112 9.3",
    hint="Look for close in the whole list: where it stands, it wins over keep-alive.",
    level=ADVICE,
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
    "An open HTTP/1.0 connection says keep-alive",
    "A server SHOULD say keep-alive when it keeps an HTTP/1.0 connection open",
    cite="RFC 9112 C.2.2",
    hint=(
        "Send Connection: keep-alive, or close the connection: an HTTP/1.0 client waits for"
        " its end."
    ),
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
        expect.contains(expect.header(answer, "Connection"), "keep-alive", "Connection")


@check(
    "One connection serves 500 requests",
    "A server SHOULD answer 500 requests on one connection",
    cite="RFC 9112 9.3",
    hint="Do not limit the number of requests on a connection.",
    level=ADVICE,
)
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
