"""The version and the target of a request line, and the connection after an invalid one."""

from grader.author import ADVICE, Failure, Session, check, expect

from . import CLOSE, answer_to, head, sent


@check(
    "Another version than HTTP/1 is rejected",
    "A server SHOULD reject a request with another version than HTTP/1, or with none",
    cite="RFC 9110 15.6.6",
    hint="Answer 505 or 400 to another version: you cannot know its format.",
    level=ADVICE,
)
def other_version(session: Session) -> None:
    for version in (
        f" HTTP/{session.random.number(4, 9)}.0",
        " HTTP/1.1x",
        f" {session.random.word()}",
        "",
    ):
        answer = answer_to(session, head(session, start=f"GET /{version}"))
        expect.refused(answer, 505, 400)


@check(
    "A malformed request closes the connection",
    "A server SHOULD close the connection after a request that breaks the grammar",
    cite="RFC 9112 2.2",
    hint=CLOSE,
    level=ADVICE,
)
def closes_after_garbage(session: Session) -> None:
    try:
        connection, _ = sent(session, head(session, start=f"GET {session.random.word()}"))
    except Failure:
        return  # two_words tells that
    expect.closes(connection, "after an invalid request line", "RFC 9112 2.2")


@check(
    "Every HTTP/1 version is served",
    "A server SHOULD serve every HTTP/1 version: 1.0 without Host, 1.2 and later",
    cite="RFC 9110 2.5",
    hint="Only the major version matters: treat HTTP/1.2 like HTTP/1.1. HTTP/1.0 needs no Host.",
    level=ADVICE,
)
def other_minor_version(session: Session) -> None:
    later = [
        head(session, start=f"GET / HTTP/1.{minor}") for minor in (session.random.number(2, 8), 9)
    ]
    for data in (b"GET / HTTP/1.0\r\n\r\n", *later):
        expect.status(answer_to(session, data), 200)


@check(
    "A whole URL is accepted as the target",
    "A server MUST accept a target that is a whole URL",
    cite="RFC 9112 3.2.2",
    hint=(
        "Remove http:// and the host from the target, and route by what is left. If nothing"
        " is left, the path is /."
    ),
    level=ADVICE,
)
def whole_url(session: Session) -> None:
    word = session.random.word()
    for path, wanted in (
        (f"/echo/{word}", word),
        (f"/echo/{word}?a=1", word),
        ("", None),
        (f"?{word}", None),
    ):
        answer = answer_to(
            session, head(session, start=f"GET http://{session.host}{path} HTTP/1.1")
        )
        expect.status(answer, 200)
        if wanted:
            expect.body(answer, wanted.encode())
