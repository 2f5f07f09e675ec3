"""What a server should do with headers, and may do otherwise."""

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import LATIN_1, NAMED, ODD_BYTES, READ_ON, agent_of, ask

OWN = (
    "Keep what was parsed in variables of this connection; C's strtok keeps its place in one that"
    " all threads share."
)
CLIENTS, ROUNDS = 5, 12


def _line(session: Session, line: str, wanted: str, hint: str) -> None:
    connection = session.connect()
    connection.send(f"GET /user-agent HTTP/1.1\r\nHost: {session.host}\r\n{line}\r\n\r\n".encode())
    expect.body(connection.read(ends=False), wanted.encode(), hint=hint)
    connection.close()


@check("White space after the colon SHOULD be optional", cite="RFC 9112 5.1", level=ADVICE)
def optional_white_space(session: Session) -> None:
    for space in ("", "   ", "\t"):
        agent = agent_of(session)
        _line(
            session,
            f"User-Agent:{space}{agent}",
            agent,
            "Split at the colon alone, then strip the value.",
        )


@check("White space after the value SHOULD be removed", cite="RFC 9112 5.1", level=ADVICE)
def trailing_white_space(session: Session) -> None:
    agent = agent_of(session)
    _line(
        session,
        f"User-Agent: {agent} \t ",
        agent,
        "Strip spaces and tabs on both sides of the value.",
    )


@check(
    "A header that only mentions User-Agent SHOULD NOT be taken for it",
    cite="RFC 9110 5.1",
    level=ADVICE,
)
def decoys(session: Session) -> None:
    agent = agent_of(session)
    decoy = [
        ("X-Original-User-Agent", "evil/1"),
        ("X-Note", "User-Agent: evil/2"),
        ("User-Agent", agent),
    ]
    expect.body(session.get("/user-agent", headers=decoy), agent.encode(), hint=NAMED)


@check(
    "A request without User-Agent SHOULD get a well-formed answer",
    cite="RFC 9110 10.1.5",
    level=ADVICE,
)
def missing_header(session: Session) -> None:
    expect.status(
        session.get("/user-agent"),
        200,
        204,
        400,
        404,
        hint="Clients need not send it: have a default.",
    )


@check("A value with bytes beyond ASCII SHOULD be answered", cite="RFC 9110 5.5", level=ADVICE)
def beyond_ascii(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT):
        for value in (*ODD_BYTES, session.random.beyond_ascii(40)):
            agent = value + session.random.word().encode()
            expect.answered(session.get("/user-agent", headers=[("User-Agent", agent)]))


@check(
    "A value with bytes beyond ASCII SHOULD come back as it was", cite="RFC 9110 5.5", level=ADVICE
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
            expect.body(answer, agent, hint=LATIN_1)
            connection.close()


@check("A query SHOULD NOT change the route", cite="RFC 9110 4.2.3", level=ADVICE)
def query_keeps_the_route(session: Session) -> None:
    agent = agent_of(session)
    with expect.left_to_another_check(Kind.EXIT):
        answer = session.get(
            f"/user-agent?{session.random.word()}=1", headers=[("User-Agent", agent)], ends=False
        )
        expect.body(answer, agent.encode(), hint="The path ends before the question mark.")


@check(
    "Of several clients at once, each SHOULD get its own value",
    cite="course: headers",
    level=ADVICE,
)
def each_its_own(session: Session) -> None:
    for _ in range(ROUNDS):
        asked = [(session.connect(), agent_of(session)) for _ in range(CLIENTS)]
        for connection, agent in asked:
            other = ("X-Client", session.random.word())
            connection.ask(
                session.build("GET", "/user-agent", headers=[other, ("User-Agent", agent)])
            )
        # in turn, so that a server that serves one at a time passes
        for connection, agent in asked:
            expect.body(connection.read(ends=False), agent.encode(), hint=OWN)
            connection.close()


@check("A head that arrives in pieces SHOULD be read whole", cite="RFC 9112 2.2", level=ADVICE)
def split_anywhere(session: Session) -> None:
    agent = agent_of(session)
    request = session.build("GET", "/user-agent", headers=[("User-Agent", agent)]).to_bytes()
    for cut in (
        1,
        session.random.number(5, 30),
        session.random.number(31, len(request) - 5),
        len(request) - 1,
    ):
        connection = session.connect()
        connection.send_slowly(request[:cut], request[cut:])
        expect.body(connection.read(ends=False), agent.encode(), hint=READ_ON)
        connection.close()


@check("A head of 16 KiB SHOULD be read whole", cite="RFC 9110 5.4", level=ADVICE)
def long_head(session: Session) -> None:
    headers = [(f"X-{session.random.word()}", session.random.word(180)) for _ in range(80)]
    agent = agent_of(session)
    expect.body(
        session.get("/user-agent", headers=[*headers, ("User-Agent", agent)]),
        agent.encode(),
        hint=READ_ON,
    )


@check(
    "A path that only begins with /user-agent SHOULD be 404", cite="course: headers", level=ADVICE
)
def near_miss_is_404(session: Session) -> None:
    answer = session.get(f"/user-agent{session.random.word()}", ends=False)
    expect.status(answer, 404, hint="Compare the whole path.")


@check("Nothing of one request SHOULD show up in the next", cite="RFC 9110 3.3", level=ADVICE)
def nothing_leaks(session: Session) -> None:
    agent = agent_of(session)
    ask(session, agent)
    try:
        answer = session.get("/user-agent", ends=False)
    except Failure:
        return  # missing_header tells that
    expect.not_in_body(
        answer, agent.encode(), hint="Make the dictionary of headers anew for each request."
    )
