"""Advice on cookies: SameSite, ids that cannot be guessed, and sessions that end on the server."""

from grader.author import ADVICE, CookieClient, Session, check, expect

from . import by_hand

CLIENTS = 50


@check(
    "The cookie has SameSite",
    "A server SHOULD set the cookie of a session with SameSite=Lax or Strict",
    cite="RFC 6265bis 5.6.7",
    hint="Add ; SameSite=Lax: requests that other sites cause then come without the cookie.",
    level=ADVICE,
)
def has_same_site(session: Session) -> None:
    expect.cookie_attribute(expect.session_cookies(session), "SameSite", "")


@check(
    "Ids of sessions cannot be guessed",
    "A server SHOULD give out ids that no client can guess",
    cite="course: sessions",
    hint="Take ids from the random generator for secrets: Python's secrets, Node's crypto.",
    level=ADVICE,
)
def cannot_be_guessed(session: Session) -> None:
    cookies = expect.session_cookies(session)
    if expect.count_is_in_the_cookie(session):
        return  # what is signed need not be a secret: to guess one is to forge a signature
    clients = [CookieClient(session) for _ in range(CLIENTS)]
    for client in clients:
        client.get("/counter")
    for cookie in cookies:
        expect.cannot_be_guessed([client.cookies.get(cookie.name, "") for client in clients])


@check(
    "After a logout the old cookie starts at 1",
    "A server SHOULD answer a cookie from before the logout like that of a new client, with 1",
    cite="course: sessions",
    hint="Forget the session on the server: whoever has copied the cookie must not go on with it.",
    asks=("sessions/logout_ends_it",),
    level=ADVICE,
)
def old_cookie_starts_at_1(session: Session) -> None:
    client, later = CookieClient(session), CookieClient(session)
    client.get("/counter")
    old = dict(client.cookies)
    client.post("/logout")
    later.get("/counter")
    later.post("/logout")
    who = "a client with its cookie from before the logout"
    shown = f"{by_hand('a')}; cp /tmp/jar-a /tmp/old"
    shown += "\ncurl -s -i -d '' -b /tmp/old http://localhost:{port}/logout; echo"
    shown += f"\n{by_hand('b', 'b logout')}"
    shown += "\ncurl -s -i -b /tmp/old http://localhost:{port}/counter; echo"
    expect.counts(CookieClient(session, old), 1, who, by_hand=shown)
