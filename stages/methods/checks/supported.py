"""OPTIONS and Allow: which methods a path supports."""

from grader.author import ADVICE, Session, check, expect

from . import ALLOW, answer_to, ask, pages

UNTRIED = ("CONNECT", "TRACE")  # they are for proxies


def _members(allow: str) -> set[str]:
    return {part.strip(" \t") for part in allow.split(",")}


@check(
    "OPTIONS gets the list of methods",
    "A server SHOULD answer OPTIONS with the methods that the path supports",
    cite="RFC 9110 9.3.7",
    hint=ALLOW,
    level=ADVICE,
)
def options_of_root(session: Session) -> None:
    answer = answer_to(session, "OPTIONS", "/")
    expect.status(answer, 200, 204, hint="Answer OPTIONS with 204 and Allow: it needs no body.")
    expect.member(expect.header(answer, "Allow"), "GET", "Allow")


@check(
    "Allow names all methods, and no others",
    "Allow SHOULD name all methods that the path supports, and no others",
    cite="RFC 9110 10.2.1",
    hint=ALLOW,
    level=ADVICE,
)
def allow_is_true(session: Session) -> None:
    for page in reversed(pages(session)):  # the longest list first
        wanted = ["GET", "HEAD", *["POST"] * page.startswith("/files/")]
        for method in ("OPTIONS", "DELETE"):
            allow = answer_to(session, method, page).header("Allow")
            if allow is None or "GET" not in _members(allow):
                continue  # options_of_root and allows_get tell that
            for one in wanted:
                expect.member(allow, one, "Allow")
            for other in sorted(_members(allow).difference(wanted, UNTRIED)):
                expect.not_refused(answer_to(session, other, page), f"Allow names {other}")


@check(
    "OPTIONS * is answered",
    "A server SHOULD answer OPTIONS * for the server as a whole",
    cite="RFC 9110 9.3.7",
    hint="Answer the target * before you route: it is not a path.",
    level=ADVICE,
)
def options_of_the_server(session: Session) -> None:
    answer = answer_to(session, "OPTIONS", "*")
    expect.status(answer, 200, 204)


@check(
    "A 204 has no body and no length",
    "A 204 MUST NOT have a body or a length",
    cite="RFC 9110 8.6",
    hint="Send a 204 without a length: the client knows that it ends with its head.",
    level=ADVICE,
)
def no_length_of_204(session: Session) -> None:
    for method, target in (
        ("OPTIONS", "/"),
        ("OPTIONS", f"/echo/{session.random.word()}"),
        ("OPTIONS", "*"),
    ):
        connection = session.connect()
        answer = ask(connection, session, method, target)
        if answer.status == 204:
            for name in ("Content-Length", "Transfer-Encoding"):
                expect.no_header(answer, name, "204 has no body")
            expect.nothing_more(connection)
