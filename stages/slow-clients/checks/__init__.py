"""Judges *slow-clients*: a client that falls silent is dropped in time, and costs the others
nothing."""

from grader.author import Connection, Failure, Kind, Session, check, expect

WITHIN_S = 3.0
PAUSE_S = 0.5
PROMPT_S = 0.7
SLOW_BYTES = 3
HALF_A_HEAD = "(printf 'GET / HTTP/1.1\\r\\nHost: loc'; sleep 2) | nc localhost {port}"
TIMEOUT = (
    "Set a time limit for everything that you read: in Python socket.settimeout or"
    " asyncio.timeout. When it has passed, close the connection.",
    "Look at each place that waits for a client: the request line, the header lines, the body, and"
    " the next request on the same connection.",
    "Others set the limit on the listening socket, which its clients do not inherit, or only until"
    " the first byte.",
)
ONE_ONLY = "A time limit that has passed ends one connection: catch the error there, and serve on."
NOT_STORED = "A body that is not complete is not an upload: answer 408 or close, and store nothing."


def half_head(session: Session) -> bytes:
    """The beginning of a request, up to somewhere in its header lines."""
    head = session.build("GET", f"/echo/{session.random.word()}").head
    return head[: session.random.number(len(head) // 2, len(head) - 3)]


def half_upload(session: Session) -> bytes:
    """A whole head, and half of the body that it announces."""
    request = session.build(
        "POST", f"/files/{session.random.name()}", body=session.random.word(100).encode()
    )
    return request.to_bytes()[:-50]


def begun(session: Session, *pieces: bytes) -> list[Connection]:
    """A connection for each of the pieces, which is sent on it."""
    connections = [session.connect() for _ in pieces]
    for connection, piece in zip(connections, pieces, strict=True):
        connection.send(piece)
    return connections


def is_answered_at_once(session: Session) -> bool:
    """Whether another client is answered before the time limit of the others can have passed. It
    must be answered in any case."""
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    at_once = connection.something_comes_within(PROMPT_S, strictly=True)
    expect.status(connection.read(ends=False), 200)
    return at_once


def held_up(why: str, by_hand: str) -> Failure:
    """The failure for a client that is answered late; `why` says because of whom, and `by_hand`
    makes those."""
    return Failure(
        Kind.SILENCE,
        f"A client waited more than {PROMPT_S:g} s for its answer, {why}.",
        expected="an answer at once",
        actual=f"{PROMPT_S:g} s of silence before it",
        by_hand=f"{by_hand} & sleep 0.3; curl -i -m {PROMPT_S:g} http://localhost:{{port}}/",
    )


def answered(session: Session) -> Connection:
    """A connection that has had an answer."""
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    expect.status(connection.read(ends=False), 200)
    return connection


@check(
    "An ordinary request is answered",
    "A server MUST answer an ordinary request when it is started with --timeout 1",
    cite="RFC 9110 15.3.1",
    hint="Read the option --timeout SECONDS, and serve as before.",
)
def ordinary_request(session: Session) -> None:
    word = session.random.word()
    answer = session.get(f"/echo/{word}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, word.encode())


@check(
    "A slow client does not hold up others",
    "A client that sends a byte each half second MUST NOT hold up others",
    cite="RFC 9112 9.5",
    hint="Do not hold a lock, or the only worker, while you read what one client sends.",
    beside=True,
)
def slow_client(session: Session) -> None:
    at_once = is_answered_at_once(session)  # some servers are slow to answer anyone
    slow, request = session.connect(), session.build("GET", "/").to_bytes()
    slow.send(request[:-SLOW_BYTES])
    for byte in request[-SLOW_BYTES:]:
        slow.stall(PAUSE_S)
        slow.send(bytes([byte]))
        if not is_answered_at_once(session) and at_once:
            raise held_up("because another client is slow", HALF_A_HEAD)


@check(
    "A silent connection is closed",
    "A server MUST close a connection on which nothing comes within 3 s",
    cite="RFC 9112 9.5",
    hint=TIMEOUT,
    beside=True,
)
def silent(session: Session) -> None:
    why = "although the client sends nothing"
    expect.dropped(session, session.connect(), WITHIN_S, why)


@check(
    "An idle connection is closed",
    "A server MUST close a connection that is idle after an answer within 3 s",
    cite="RFC 9112 9.5",
    hint=TIMEOUT,
    beside=True,
)
def silent_after_an_answer(session: Session) -> None:
    why = "although the client sends nothing after its answer"
    expect.dropped(session, answered(session), WITHIN_S, why)


@check(
    "Half a head is waited for no longer than 3 s",
    "A server MUST close a connection on which half a head has come within 3 s",
    cite="RFC 9112 9.5",
    hint=TIMEOUT,
    beside=True,
)
def stops_in_the_head(session: Session) -> None:
    later = answered(session)
    later.send(half_head(session))
    connections = [*begun(session, b"G", half_head(session)), later]
    for connection in connections:
        expect.dropped(session, connection, WITHIN_S, "although the rest of the head does not come")


@check(
    "Half a body is waited for no longer than 3 s",
    "A server MUST close a connection on which half a body has come within 3 s",
    cite="RFC 9112 9.5",
    hint=TIMEOUT,
    beside=True,
)
def stops_in_the_body(session: Session) -> None:
    connections = begun(session, half_upload(session)[:-50], half_upload(session))
    for connection, come in zip(connections, (0, 50), strict=True):
        expect.dropped(session, connection, WITHIN_S, "although the rest of the body does not come")
        if connection.rest:
            answer = connection.read("POST", ends=False)
            if answer.status < 300:
                raise Failure(
                    Kind.MISMATCH,
                    f"Your server answered {answer.status}, although the body was not complete:"
                    f" {come} of 100 bytes had come.",
                    expected="408, or the end of the connection without an answer",
                    actual=answer.head,
                    hint=NOT_STORED,
                    connection=connection.number,
                )


@check(
    "Others are served after a timeout",
    "A server MUST serve other clients after it has dropped a silent one",
    cite="course: slow-clients",
    hint=ONE_ONLY,
    beside=True,
)
def serves_on(session: Session) -> None:
    for connection in begun(session, half_head(session), half_upload(session)):
        connection.ends_within(WITHIN_S)
    expect.running(session)
    expect.serves_others(session)
