"""Expect: 100-continue, with which a client asks before it sends its body."""

from grader.author import ADVICE, Connection, Failure, Kind, Session, check, expect

from . import CHUNKED, LAST, WAITS, chunk, judge

LENGTH = ("Content-Length", "10")
EXPECT = (
    "When the head has arrived, send 100 (Continue) or an error. Then read the body: some"
    " of it may have arrived already."
)


def _upload(
    session: Session, connection: Connection, framing: tuple[str, str], *refusals: int
) -> bool:
    """Whether the client got 100 (Continue), and the connection can be used again."""
    name, content = session.random.name(), session.random.word().encode()
    connection.send(session.build("POST", f"/files/{name}", headers=[framing, WAITS]).head)
    if not expect.invited(connection):
        expect.refused_or_closed(connection, 411, 417)
        return False
    connection.send(content if framing is LENGTH else chunk(content) + LAST)
    expect.status(answer := connection.read("POST", ends=False), 201, *refusals)
    judge(session, name, answer.status, content)
    return not answer.wants_close


@check(
    "A client that waits with its body is answered",
    "A server MUST answer Expect: 100-continue with 100 (Continue), or reject the upload",
    cite="RFC 9110 10.1.1",
    hint=EXPECT,
)
def tells_to_go_on(session: Session) -> None:
    connection = session.connect()
    if _upload(session, connection, LENGTH):
        with expect.left_to_another_check(Kind.CLOSED):
            _upload(session, connection, LENGTH)
    _upload(session, session.connect(), CHUNKED, 411, 501)


@check(
    "A body that does not wait for 100 is stored",
    "A server MUST store a body that arrives at once, although the client sent Expect",
    cite="RFC 9110 10.1.1",
    hint=EXPECT,
)
def does_not_wait(session: Session) -> None:
    name, content = session.random.name(), session.random.word().encode()
    answer = session.post(f"/files/{name}", content, headers=[WAITS])
    expect.status(answer, 201)
    expect.stored(session, name, content)


@check(
    "HTTP/1.0 gets no 100 (Continue)",
    "A server MUST NOT send 100 (Continue) to an HTTP/1.0 client",
    cite="RFC 9110 10.1.1",
    hint="Do not send 100 to an HTTP/1.0 client: it takes the 100 for the whole answer.",
)
def none_for_http_1_0(session: Session) -> None:
    connection, target = session.connect(), f"/files/{session.random.name()}"
    request = session.build("POST", target, headers=[WAITS], body=b"apple", version="HTTP/1.0")
    connection.send(request.head)
    connection.something_comes()
    connection.send(request.body)
    if interim := connection.read("POST", ends=False).interim:
        status = interim[0].status
        raise Failure(
            Kind.MISMATCH,
            f"Your server sent {'100 (Continue)' if status == 100 else status} to an HTTP/1.0"
            " client.",
            expected="only the final answer",
            actual=interim[0].head,
        )


@check(
    "The value of Expect ignores case",
    "A server SHOULD answer 100-CONTINUE in capitals like 100-continue",
    cite="RFC 9110 10.1.1",
    hint="Compare the value of Expect case-insensitively.",
    level=ADVICE,
)
def capitals(session: Session) -> None:
    connection = _waiting(session, WAITS[1])
    try:
        if not expect.invited(connection):
            return  # what is refused is refused in capitals, too
    except Failure:
        return  # tells_to_go_on tells that
    connection.close()
    for value in ("100-Continue", "100-CONTINUE"):
        connection = _waiting(session, value)
        try:
            invited = expect.invited(connection)
        except Failure as failure:
            failure.hint = None
            raise
        if not invited:
            raise Failure(
                Kind.MISMATCH,
                f"Your server sent 100 (Continue) for Expect: {WAITS[1]}, but not for {value}.",
                expected="HTTP/1.1 100 Continue and an empty line",
                actual=connection.rest[:500] or "end of connection",
            )
        connection.close()


def _waiting(session: Session, value: str) -> Connection:
    """A client that has sent a head that expects this, and holds back the body."""
    connection, headers = session.connect(), [("Content-Length", "5"), ("Expect", value)]
    connection.send(session.build("POST", f"/files/{session.random.name()}", headers=headers).head)
    return connection


@check(
    "An answer 100 (Continue) has no length",
    "A server MUST NOT send a length with 100 (Continue)",
    cite="RFC 9110 8.6",
    hint="Send only the status line and an empty line with 100.",
    level=ADVICE,
)
def no_length_of_100(session: Session) -> None:
    connection = _waiting(session, WAITS[1])
    try:
        if not expect.invited(connection):
            return
    except Failure:
        return  # tells_to_go_on tells that
    connection.send(b"apple")
    for interim in connection.read("POST", ends=False).interim:
        for name in ("Content-Length", "Transfer-Encoding"):
            expect.no_header(interim, name, "no 1xx has a body")
