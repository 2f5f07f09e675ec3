"""Cookies that the server never gave out: invented, altered, or not well-formed."""

from grader.author import CookieClient, Session, check, expect

from . import counting, with_its_cookie

BELIEVE = (
    "Take an id only when your server has given it out: look it up, or check its signature."
    " Start a new session otherwise.",
    "Print what you find for an id that you do not know.",
    "Others began to count under any id that came, or read the count from the cookie.",
)


@check(
    "An invented cookie starts at 1",
    "A server MUST answer a client whose cookie it never gave out like a new client, with 1",
    cite="course: sessions",
    hint=BELIEVE,
)
def invented_starts_at_1(session: Session) -> None:
    for name, values in expect.invented_cookies(session):
        for value in values:
            who = f"a client with an invented cookie: {name}={value[:40]}"
            expect.counts(CookieClient(session, {name: value}), 1, who)


@check(
    "An invented cookie starts at 1 each time",
    "A server MUST NOT begin a session under an id that a client has invented",
    cite="course: sessions",
    hint=BELIEVE,
    asks=("sessions/invented_starts_at_1",),
)
def invented_is_not_adopted(session: Session) -> None:
    for cookie in expect.session_cookies(session):
        word = session.random.word(len(cookie.value))
        for _ in range(2):
            client = CookieClient(session, {cookie.name: word})
            expect.counts(client, 1, "a client that sends the same invented cookie again")


@check(
    "An altered cookie starts at 1",
    "A server MUST answer a client that has altered its cookie like a new client, with 1",
    cite="course: sessions",
    hint=BELIEVE,
)
def altered_starts_at_1(session: Session) -> None:
    names = [cookie.name for cookie in expect.session_cookies(session)]
    client = counting(session, 3)
    for name in names:
        for altered in expect.altered_values(client.cookies.get(name, "")):
            changed = CookieClient(session, {**client.cookies, name: altered})
            who = f"a client that has altered its cookie {name}"
            expect.counts(changed, 1, who, by_hand=with_its_cookie(altered="sed 's/...$/bbb/'"))


@check(
    "Odd cookies do not stop the server",
    "A cookie that is not well-formed MUST NOT stop the server",
    cite="RFC 6265 5.4",
    hint="Expect anything in a Cookie header: no =, no name, bytes that are not ASCII.",
)
def odd_cookies_are_survived(session: Session) -> None:
    names = [cookie.name for cookie in expect.session_cookies(session)]
    odd = ["", ";", "=", ";;= ;", "=x", session.random.word(), "a" * 4000, '="', "%", "é=é"]
    odd += [f"{name}{rest}" for name in names for rest in ("", '="', "=é", "=%FF", "=;", "==")]
    requests = [session.build("GET", "/counter", headers=[("Cookie", text)]) for text in odd]
    expect.all_survived(session, requests)


@check(
    "A cookie adds no header to the answer",
    "A cookie MUST NOT add a header to the answer",
    cite="course: sessions",
    hint="Send only ids that your server has made: never put what a client sent into Set-Cookie.",
)
def adds_no_header(session: Session) -> None:
    for cookie in expect.session_cookies(session):
        word = session.random.word()
        for value in (f"{word}%0D%0AX-{word}: 1", f'"{word}\\015\\012X-{word}: 1"'):
            for method, target in (("GET", "/counter"), ("POST", "/logout")):
                sent = [("Cookie", f"{cookie.name}={value}")]
                body = None if method == "GET" else b""
                request = session.build(method, target, headers=sent, body=body)
                expect.no_header_from_the_name(session, request, f"X-{word}")
