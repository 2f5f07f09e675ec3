"""Judges *headers*: /user-agent answers with the value of a header that is found by its name."""

from string import ascii_uppercase

from grader.author import Session, check, expect

NAMED = (
    "A name is what stands before the first colon of a line, in any case; what follows it is value."
)
IGNORE = (
    "Read every header line, use those that you know, and answer as if the others were not there."
)
READ_ON = (
    "TCP is a stream of bytes: keep calling recv and appending until there is an empty line"
    " (\\r\\n\\r\\n)."
)
AS_IT_IS = (
    "A value is no path, no form and no HTML: decode nothing in it, escape nothing, and cut nothing"
    " off."
)
LATIN_1 = "Decode the head as latin-1: in it every byte is a character, so nothing can go wrong."
ODD_BYTES = (
    "caf\xe9".encode("latin-1"),
    "é€".encode(),
    b"\x85a\xa0b\x85",
    *(bytes(range(start, start + 32)) for start in range(0x80, 0x100, 32)),
)
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


def agent_of(session: Session) -> str:
    return f"{session.random.word()}/{session.random.number(1, 99)}"


def ask(
    session: Session, value: str | bytes, *, name: str = "User-Agent", hint: str | None = None
) -> None:
    answer = session.get("/user-agent", headers=[(name, value)], ends=False)
    expect.status(answer, 200)
    wanted = value if isinstance(value, bytes) else value.encode()
    expect.body(answer, wanted.strip(b" \t"), hint=hint)


@check(
    "GET /user-agent MUST be answered 200 with the value of User-Agent as its body",
    cite="RFC 9110 10.1.5",
)
def returns_the_value(session: Session) -> None:
    ask(
        session,
        agent_of(session),
        hint="The value is what follows the colon of its line, without the spaces around it.",
    )


@check(
    "The answer MUST be what the reference answers: text/plain, with its length in bytes",
    cite="RFC 9110 8.3",
)
def says_text_plain(session: Session) -> None:
    request = session.build("GET", "/user-agent", headers=[("User-Agent", agent_of(session))])
    expect.alike(session.exchange(request), session.reference(request))


@check("A header MUST be found whatever the case of its name", cite="RFC 9110 5.1")
def any_case(session: Session) -> None:
    for name in ("user-agent", "USER-AGENT", "uSeR-aGeNt"):
        value = f"{session.random.word(letters=ascii_uppercase)}/{session.random.number(1, 99)}"
        ask(
            session,
            value,
            name=name,
            hint="Names ignore case, User-Agent and USER-AGENT are one. Values keep theirs.",
        )


@check("A header MUST be found wherever it stands among others", cite="RFC 9110 5.3")
def any_position(session: Session) -> None:
    others = [
        ("Accept", "*/*"),
        ("Accept-Language", "en"),
        ("X-Request-Id", session.random.word()),
        ("DNT", "1"),
    ]
    for position in (0, 2, 4):
        agent = agent_of(session)
        headers = [*others[:position], ("User-Agent", agent), *others[position:]]
        expect.body(
            session.get("/user-agent", headers=headers, ends=False), agent.encode(), hint=NAMED
        )


@check("A value with spaces MUST come back whole", cite="RFC 9110 5.5")
def spaces_in_the_value(session: Session) -> None:
    ask(
        session,
        f"{agent_of(session)} {agent_of(session)} like  {agent_of(session)}",
        hint="Only the request line splits at spaces.",
    )


@check("A value with colons, parentheses and a % MUST come back whole", cite="RFC 9110 5.5")
def colons_in_the_value(session: Session) -> None:
    value = f"{agent_of(session)}(rv:{session.random.number(1, 99)}; a: b)%41"
    ask(
        session,
        value,
        hint="Only the first colon separates, and a percent sign means something in paths alone.",
    )


@check("A value MUST come back whole, whichever signs it has", cite="RFC 9110 5.5")
def every_sign(session: Session) -> None:
    word = session.random.word
    ask(
        session,
        f"{word(5)}/1<{word(5)}>?a=1&b=2#3+4//5\\6'7'\"8\",[9]{{$x}}`y`~z^*!@|{word(5)}",
        hint=AS_IT_IS,
    )


@check("A head as large as a browser's (4 KiB of cookies) MUST be read whole", cite="RFC 9110 5.4")
def browser_sized_head(session: Session) -> None:
    agent = agent_of(session)
    others = [(f"X-{session.random.word()}", session.random.word(200)) for _ in range(4)]
    cookie = ("Cookie", f"id={session.random.word()}; note={session.random.word(4000)}")
    answer = session.get(
        "/user-agent", headers=[*others, cookie, ("User-Agent", agent)], ends=False
    )
    expect.body(answer, agent.encode(), hint=READ_ON)


@check("A value of up to 5,000 visible characters MUST come back whole", cite="RFC 9110 5.5")
def any_length(session: Session) -> None:
    for length in (1, 64, session.random.number(200, 600), 1000, 5000):
        ask(session, session.random.word(length), hint=READ_ON)


@check("Headers that ordinary clients send MUST be read and ignored", cite="RFC 9110 5.1")
def ordinary_headers(session: Session) -> None:
    for offer in OFFERS:
        agent = agent_of(session)
        answer = session.get("/user-agent", headers=[*offer, ("User-Agent", agent)], ends=False)
        expect.status(answer, *((200, 101) if ("Upgrade", "h2c") in offer else (200,)), hint=IGNORE)
        if answer.status == 200:
            expect.body(answer, agent.encode(), hint=IGNORE)


@check("Bytes beyond ASCII in a value MUST NOT stop the server", cite="RFC 9110 5.5")
def beyond_ascii_is_survived(session: Session) -> None:
    for value in (*ODD_BYTES, session.random.beyond_ascii(40)):
        agent = session.random.word(5).encode() + value
        expect.survived(
            session,
            session.build("GET", "/user-agent", headers=[("User-Agent", agent)]),
            hint=LATIN_1,
        )


@check("A query MUST NOT stop the server", cite="RFC 9110 4.2.3")
def query_is_survived(session: Session) -> None:
    for query in (session.random.word(), "", "%", f"a=/user-agent&b={session.random.word()}"):
        request = session.build(
            "GET", f"/user-agent?{query}", headers=[("User-Agent", agent_of(session))]
        )
        expect.survived(session, request, hint="The path ends before the question mark.")


@check("No byte may follow the body", cite="RFC 9112 6.3")
def nothing_after(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/user-agent", headers=[("User-Agent", agent_of(session))]))
    connection.read(ends=False)
    expect.nothing_more(connection)
