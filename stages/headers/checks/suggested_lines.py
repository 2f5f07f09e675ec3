"""What a server should do with a header line, and may do otherwise."""

from grader.author import ADVICE, Kind, Session, check, expect

from . import LATIN_1, NAMED, ODD_BYTES, agent_of


def _line(session: Session, line: str, wanted: str) -> None:
    connection = session.connect()
    connection.send(f"GET /user-agent HTTP/1.1\r\nHost: {session.host}\r\n{line}\r\n\r\n".encode())
    expect.body(connection.read(ends=False), wanted.encode())
    session.leave(connection)


@check(
    "Whitespace after the colon is optional",
    "A server SHOULD accept any whitespace after the colon, or none",
    cite="RFC 9112 5.1",
    hint="Split the line at the colon alone, then strip spaces and tabs from the value.",
    level=ADVICE,
)
def optional_white_space(session: Session) -> None:
    for space in ("", "   ", "\t"):
        agent = agent_of(session)
        _line(session, f"User-Agent:{space}{agent}", agent)


@check(
    "Whitespace after the value is removed",
    "A server SHOULD remove spaces and tabs after a value",
    cite="RFC 9112 5.1",
    hint="Strip spaces and tabs on both sides of the value.",
    level=ADVICE,
)
def trailing_white_space(session: Session) -> None:
    agent = agent_of(session)
    _line(session, f"User-Agent: {agent} \t ", agent)


@check(
    "Only User-Agent itself counts",
    "A server SHOULD NOT mistake a header that only mentions User-Agent for it",
    cite="RFC 9110 5.1",
    hint=NAMED,
    level=ADVICE,
)
def decoys(session: Session) -> None:
    agent = agent_of(session)
    decoy = [
        ("X-Original-User-Agent", "evil/1"),
        ("X-Note", "User-Agent: evil/2"),
        ("User-Agent", agent),
    ]
    expect.body(session.get("/user-agent", headers=decoy), agent.encode())


@check(
    "A request without User-Agent is answered",
    "A server SHOULD send a well-formed answer to a request without User-Agent",
    cite="RFC 9110 10.1.5",
    hint="Use a default: a client need not send this header.",
    level=ADVICE,
)
def missing_header(session: Session) -> None:
    expect.status(session.get("/user-agent"), 200, 204, 400, 404)


@check(
    "Bytes beyond ASCII are answered",
    "A server SHOULD answer a request with bytes beyond ASCII in a header value",
    cite="RFC 9110 5.5",
    hint=LATIN_1,
    level=ADVICE,
)
def beyond_ascii(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT):
        for value in (*ODD_BYTES, session.random.beyond_ascii(40)):
            agent = value + session.random.word().encode()
            expect.answered(session.get("/user-agent", headers=[("User-Agent", agent)]))


@check(
    "Bytes beyond ASCII come back unchanged",
    "A server SHOULD return a value with bytes beyond ASCII unchanged",
    cite="RFC 9110 5.5",
    hint=LATIN_1,
    level=ADVICE,
)
def beyond_ascii_comes_back(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT, Kind.CLOSED, Kind.SILENCE):
        for value in (*ODD_BYTES, session.random.beyond_ascii(40)):
            agent = value + session.random.word(5).encode() + value[-1:]
            connection = session.connect()
            connection.ask(session.build("GET", "/user-agent", headers=[("User-Agent", agent)]))
            answer = connection.read(ends=False)
            # a length in characters tells more than a body that is too short
            expect.nothing_more(connection)
            expect.body(answer, agent)
            session.leave(connection)


@check(
    "A query string does not change the route",
    "A server SHOULD ignore the query string when it selects the route",
    cite="RFC 9110 4.2.3",
    hint="Cut the target at the first question mark: the path ends there.",
    level=ADVICE,
)
def query_keeps_the_route(session: Session) -> None:
    agent = agent_of(session)
    with expect.left_to_another_check(Kind.EXIT):
        answer = session.get(
            f"/user-agent?{session.random.word()}=1", headers=[("User-Agent", agent)], ends=False
        )
        expect.body(answer, agent.encode())
