"""What a server should do with a whole request, and may do otherwise."""

from grader.author import ADVICE, Failure, Session, check, expect

from . import READ_ON, agent_of, ask

OWN = (
    "Keep what you parse in variables of this connection. In C, use strtok_r: all threads"
    " share the state of strtok."
)
CLIENTS, ROUNDS = 5, 12


@check(
    "Each of several clients gets its own value",
    "A server SHOULD answer each of several clients at once with its own value",
    cite="course: headers",
    hint=OWN,
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
            expect.body(connection.read(ends=False), agent.encode())
            session.leave(connection)


@check(
    "A head that arrives in pieces is read whole",
    "A server SHOULD read a head whole when it arrives in pieces",
    cite="RFC 9112 2.2",
    hint=READ_ON,
    level=ADVICE,
)
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
        expect.body(connection.read(ends=False), agent.encode())
        session.leave(connection)


@check(
    "A head of 16 KiB is read whole",
    "A server SHOULD read a head of 16 KiB whole",
    cite="RFC 9110 5.4",
    hint=f"Allow a head of 16 KiB. {READ_ON}",
    level=ADVICE,
)
def long_head(session: Session) -> None:
    headers = [(f"X-{session.random.word()}", session.random.word(180)) for _ in range(80)]
    agent = agent_of(session)
    expect.body(
        session.get("/user-agent", headers=[*headers, ("User-Agent", agent)]), agent.encode()
    )


@check(
    "A path that only begins with /user-agent gets 404",
    "A server SHOULD answer a path that only begins with /user-agent with 404",
    cite="course: headers",
    hint="Compare the whole path.",
    level=ADVICE,
)
def near_miss_is_404(session: Session) -> None:
    answer = session.get(f"/user-agent{session.random.word()}", ends=False)
    expect.status(answer, 404)


@check(
    "No header leaks into the next request",
    "A server SHOULD NOT use a header of one request to answer the next",
    cite="RFC 9110 3.3",
    hint="Create a new dictionary of headers for each request.",
    level=ADVICE,
)
def nothing_leaks(session: Session) -> None:
    agent = agent_of(session)
    ask(session, agent)
    try:
        answer = session.get("/user-agent", ends=False)
    except Failure:
        return  # missing_header tells that
    what = "the User-Agent of an earlier request"
    expect.not_in_body(answer, agent.encode(), what=what)
