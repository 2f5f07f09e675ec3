"""Judges *headers*: /user-agent answers with the value of a header that is found by its name."""

from string import ascii_uppercase

from grader.author import Session, check, expect

NAMED = (
    "Look at every line of the head: the name is before its first colon. Compare the"
    " whole name, case-insensitively."
)
READ_ON = (
    "TCP is a stream of bytes: keep calling recv and appending until there is an empty line"
    " (\\r\\n\\r\\n)."
)
LATIN_1 = (
    "Decode the head as latin-1, which never fails, and encode the body in the same way."
    " Strip only spaces and tabs."
)
ODD_BYTES = (
    "caf\xe9".encode("latin-1"),
    "é€".encode(),
    b"\x85a\xa0b\x85",
    *(bytes(range(start, start + 32)) for start in range(0x80, 0x100, 32)),
)


def agent_of(session: Session) -> str:
    return f"{session.random.word()}/{session.random.number(1, 99)}"


def ask(session: Session, value: str | bytes, *, name: str = "User-Agent") -> None:
    answer = session.get("/user-agent", headers=[(name, value)], ends=False)
    wanted = value if isinstance(value, bytes) else value.encode()
    expect.content(answer, wanted.strip(b" \t"))


@check(
    "GET /user-agent returns the User-Agent",
    "A server MUST answer GET /user-agent with 200 and the value of User-Agent as its body",
    cite="RFC 9110 10.1.5",
    hint=(
        "Return what follows the colon of the line, without the spaces around it.",
        "Look where you split a header line: split it once, at its first colon.",
        "Others took the line by its position in the head, kept the space after the colon, or"
        " split at each colon or space.",
    ),
)
def returns_the_value(session: Session) -> None:
    ask(session, agent_of(session))


@check(
    "The answer is text/plain, its length in bytes",
    "The answer MUST be text/plain with its length in bytes, like the reference server's",
    cite="RFC 9110 8.3",
)
def says_text_plain(session: Session) -> None:
    request = session.build("GET", "/user-agent", headers=[("User-Agent", agent_of(session))])
    expect.alike(session.exchange(request), session.reference(request))


@check(
    "Header names ignore case",
    "A server MUST find a header whatever the case of its name",
    cite="RFC 9110 5.1",
    hint="Header names are case-insensitive; keep the value exactly as sent.",
)
def any_case(session: Session) -> None:
    for name in ("user-agent", "USER-AGENT", "uSeR-aGeNt"):
        value = f"{session.random.word(letters=ascii_uppercase)}/{session.random.number(1, 99)}"
        ask(session, value, name=name)


@check(
    "A header is found at any position",
    "A server MUST find a header wherever it stands among others",
    cite="RFC 9110 5.3",
    hint=NAMED,
)
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
        expect.body(session.get("/user-agent", headers=headers, ends=False), agent.encode())
