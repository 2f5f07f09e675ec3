"""Judges *sessions*: a counter that knows each client by its cookie, and believes no other."""

from grader.author import CookieClient, Session, check, expect

COOKIE = (
    "Send Set-Cookie with a new id to a client without one, and find its count by the id that"
    " the Cookie header brings back.",
    "Print the Cookie header of each request, and the id that you find in it.",
    "Others set no cookie, looked for it under another name, or counted for each connection.",
)
EACH = (
    "Keep one count for each id, in a table, or in the cookie itself, with a signature.",
    "Print the id and its count for each request of two clients.",
    "Others kept one count for all clients, or took the address of the client as its id.",
)
LOGOUT = "Remove the session of this client on the server, and let the cookie end with Max-Age=0."


def by_hand(*steps: str) -> str:
    """Commands that ask for the same. A step is the name of a client, and a path to POST to after a
    blank; without one it asks for /counter."""
    jars = sorted({f"/tmp/jar-{step.partition(' ')[0]}" for step in steps})
    lines = [f"rm -f {' '.join(jars)}"]
    for step in steps:
        name, _, path = step.partition(" ")
        post = "-d '' " if path else ""
        jar = f"-c /tmp/jar-{name} -b /tmp/jar-{name}"
        lines.append(f"curl -s -i {post}{jar} http://localhost:{{port}}/{path or 'counter'}; echo")
    return "\n".join(lines)


def with_its_cookie(before: str = "", altered: str = "") -> str:
    """The same for a client that has counted to 1, and then sends more than its cookie, or another
    one. altered: what sed makes of it."""
    cookie = "awk 'NF == 7 { print $6 \"=\" $7 }' /tmp/jar-a" + (altered and f" | {altered}")
    url = "http://localhost:{port}/counter"
    return f'{by_hand("a")}\ncurl -s -i -b "{before}$({cookie})" {url}; echo'


def counting(session: Session, times: int) -> CookieClient:
    """A client that has counted so far."""
    client, shown = CookieClient(session), list[str]()
    for wanted in range(1, times + 1):
        shown.append("a")
        who = "one client that sends its cookies back"
        expect.counts(client, wanted, who, by_hand=by_hand(*shown))
    return client


@check(
    "A client that sends its cookies back counts 1, 2, 3",
    "A server MUST count the requests of a client that sends its cookies back: 1, 2, 3",
    cite="RFC 6265 3",
    hint=COOKIE,
)
def counts_one_client(session: Session) -> None:
    counting(session, 3)


@check(
    "Ordinary clients count 1, 2, 3, too",
    "A server MUST count the requests of Python's requests, which keeps cookies by itself",
    cite="RFC 6265 3",
    hint=COOKIE,
)
def ordinary_client(session: Session) -> None:
    with session.requests_client() as client:
        for wanted in ("1", "2", "3"):
            answer = client.get(session.url("/counter"))
            expect.status_of(answer, 200)
            expect.seen_count(answer.text, wanted)


@check(
    "Each client has its own count",
    "A server MUST count for each client apart, whatever the order of their requests",
    cite="course: sessions",
    hint=EACH,
)
def clients_apart(session: Session) -> None:
    first, second = CookieClient(session), CookieClient(session)
    shown = list[str]()
    for client, wanted in ((first, 1), (second, 1), (first, 2), (first, 3), (second, 2)):
        shown.append("a" if client is first else "b")
        expect.counts(client, wanted, "one of two clients", EACH, by_hand=by_hand(*shown))


@check(
    "The cookie is found among others",
    "A server MUST find its cookie by its whole name among the other cookies of the client",
    cite="RFC 6265 5.4",
    hint="Split the Cookie header at each semicolon, and compare the whole name before the =.",
)
def among_others(session: Session) -> None:
    client = counting(session, 1)
    word, before, after = session.random.word(), dict[str, str](), dict[str, str]()
    for name in client.cookies:
        before |= {f"x{name}": word, f"{name}x": word, word: f"{name}={word}"}
        after |= {f"{name}-{word}": word}
    client.cookies = {**before, **client.cookies, **after}
    who = "a client with other cookies before and after its own"
    shown = with_its_cookie(before="".join(f"{name}={word}; " for name in before))
    expect.counts(client, 2, who, by_hand=shown)


@check(
    "The cookie is HttpOnly",
    "A server MUST set the cookie of a session with HttpOnly: no script of a page needs it",
    cite="RFC 6265 5.2.6",
    hint="Add ; HttpOnly after the value.",
)
def is_http_only(session: Session) -> None:
    expect.cookie_attribute(expect.session_cookies(session), "HttpOnly", "")


@check(
    "The cookie is for all paths",
    "A server MUST set the cookie of a session with Path=/: it is for the whole site",
    cite="RFC 6265 5.2.4",
    hint="Add ; Path=/ after the value. Without it the cookie is for the folder of this path only.",
)
def is_for_all_paths(session: Session) -> None:
    expect.cookie_attribute(expect.session_cookies(session), "Path", "/")


@check(
    "After POST /logout the client counts 1",
    "A server MUST end the session at POST /logout: after it the client counts from 1",
    cite="course: sessions",
    hint=LOGOUT,
)
def logout_ends_it(session: Session) -> None:
    client = counting(session, 2)
    expect.accepted(client.post("/logout"))
    shown = ["a", "a", "a logout"]
    for wanted in (1, 2):
        shown.append("a")
        expect.counts(client, wanted, "a client that has logged out", by_hand=by_hand(*shown))


@check(
    "The logout of one client leaves the others alone",
    "A server MUST end only the session of the client that logs out",
    cite="course: sessions",
    hint="Remove one session, the one that the Cookie header names.",
    asks=("sessions/logout_ends_it", "sessions/clients_apart"),
)
def logout_of_one(session: Session) -> None:
    first, second = counting(session, 2), counting(session, 1)
    second.post("/logout")
    shown = by_hand("a", "a", "b", "b logout", "a")
    expect.counts(first, 3, "a client, after another one has logged out", by_hand=shown)


@check(
    "A client that comes after a logout gets no other's count",
    "A server MUST begin a session of its own for a new client, also after a session has ended",
    cite="course: sessions",
    hint="Draw the id at random, as secrets.token_hex does: how many are left says no new id.",
    asks=("sessions/logout_of_one", "sessions/clients_apart"),
)
def new_after_a_logout(session: Session) -> None:
    leaves, stays, comes = counting(session, 1), counting(session, 2), CookieClient(session)
    leaves.post("/logout")
    shown = ["a", "b", "b", "a logout", "c"]
    who = "a new client, after another one has logged out"
    expect.counts(comes, 1, who, by_hand=by_hand(*shown))
    who = "a client, after another one has logged out and a third has come"
    expect.counts(stays, 3, who, by_hand=by_hand(*shown, "b"))
