"""Values, heads and paths that every server has to take."""

from grader.author import Session, check, expect

from . import LATIN_1, ODD_BYTES, READ_ON, agent_of, ask

IGNORE = "Read every header line, use those that you know, and ignore the others."
AS_IT_IS = "Return the value as it is: do not decode, escape or cut anything in it."
OFFERS = (  # what browsers, curl and Java send beside the request itself, and a server may ignore
    (
        ("Connection", "Upgrade, HTTP2-Settings"),
        ("Upgrade", "h2c"),
        ("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA"),
    ),
    (("Connection", "keep-alive, Upgrade"), ("Upgrade", "websocket-of-tomorrow/1")),
    (("Connection", "TE"), ("TE", "trailers, deflate;q=0.5")),
    (("Range", "bytes=0-1"), ("If-Range", '"abc"')),
    (("If-None-Match", '"abc", W/"def"'), ("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT")),
    (
        ("Upgrade-Insecure-Requests", "1"),
        ("Sec-Fetch-Mode", "navigate"),
        ("DNT", "1"),
        ("Priority", "u=0, i"),
    ),
)


@check(
    "A value keeps its spaces",
    "A server MUST return a value with spaces whole",
    cite="RFC 9110 5.5",
    hint="Do not split a header line at spaces: they belong to the value.",
)
def spaces_in_the_value(session: Session) -> None:
    ask(session, f"{agent_of(session)} {agent_of(session)} like  {agent_of(session)}")


@check(
    "A value keeps colons, parentheses and %",
    "A server MUST return a value with colons, parentheses and % whole",
    cite="RFC 9110 5.5",
    hint="Split the line at its first colon only, and do not percent-decode the value.",
)
def colons_in_the_value(session: Session) -> None:
    value = f"{agent_of(session)}(rv:{session.random.number(1, 99)}; a: b)%41"
    ask(session, value)


@check(
    "A value keeps every punctuation character",
    "A server MUST return a value whole, whatever punctuation it contains",
    cite="RFC 9110 5.5",
    hint=AS_IT_IS,
)
def every_sign(session: Session) -> None:
    word = session.random.word
    ask(session, f"{word(5)}/1<{word(5)}>?a=1&b=2#3+4//5\\6'7'\"8\",[9]{{$x}}`y`~z^*!@|{word(5)}")


@check(
    "A browser's 4 KiB of cookies are read",
    "A server MUST read a head as large as a browser's (4 KiB of cookies) whole",
    cite="RFC 9110 5.4",
    hint=f"Allow lines of 4 KiB and more. {READ_ON}",
)
def browser_sized_head(session: Session) -> None:
    agent = agent_of(session)
    others = [(f"X-{session.random.word()}", session.random.word(200)) for _ in range(4)]
    cookie = ("Cookie", f"id={session.random.word()}; note={session.random.word(4000)}")
    answer = session.get(
        "/user-agent", headers=[*others, cookie, ("User-Agent", agent)], ends=False
    )
    expect.body(answer, agent.encode())


@check(
    "Values of any length come back whole",
    "A server MUST return values of up to 5,000 visible characters whole",
    cite="RFC 9110 5.5",
    hint=f"{READ_ON} Keep the whole value.",
)
def any_length(session: Session) -> None:
    for length in (1, 64, session.random.number(200, 600), 1000, 5000):
        ask(session, session.random.word(length))


@check(
    "The headers of ordinary clients are ignored",
    "A server MUST read and ignore the headers that ordinary clients send",
    cite="RFC 9110 5.1",
    hint=IGNORE,
)
def ordinary_headers(session: Session) -> None:
    for offer in OFFERS:
        agent = agent_of(session)
        answer = session.get("/user-agent", headers=[*offer, ("User-Agent", agent)], ends=False)
        expect.status(answer, *((200, 101) if ("Upgrade", "h2c") in offer else (200,)))
        if answer.status == 200:
            expect.body(answer, agent.encode())


@check(
    "Bytes beyond ASCII do not stop the server",
    "A header value with bytes beyond ASCII MUST NOT stop the server",
    cite="RFC 9110 5.5",
    hint=LATIN_1,
)
def beyond_ascii_is_survived(session: Session) -> None:
    values = (*ODD_BYTES, session.random.beyond_ascii(40))
    agents = [session.random.word(5).encode() + value for value in values]
    requests = [
        session.build("GET", "/user-agent", headers=[("User-Agent", agent)]) for agent in agents
    ]
    expect.all_survived(session, requests)


@check(
    "A query string does not stop the server",
    "A query string MUST NOT stop the server",
    cite="RFC 9110 4.2.3",
    hint=(
        "Cut the target at the first question mark, and take any text after it, or none: a part"
        " without = is allowed."
    ),
)
def query_is_survived(session: Session) -> None:
    queries = (session.random.word(), "", "%", f"a=/user-agent&b={session.random.word()}")
    requests = [
        session.build("GET", f"/user-agent?{query}", headers=[("User-Agent", agent_of(session))])
        for query in queries
    ]
    expect.all_survived(session, requests)


@check(
    "No byte follows the body", "A server MUST NOT send a byte after the body", cite="RFC 9112 6.3"
)
def nothing_after(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/user-agent", headers=[("User-Agent", agent_of(session))]))
    connection.read(ends=False)
    expect.nothing_more(connection)
