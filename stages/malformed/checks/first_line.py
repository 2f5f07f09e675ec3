"""The request line: three words with a space between, a target that is one, and a version that is
spoken here."""

from grader.author import ADVICE, Failure, Session, check, expect

from . import answer_to, head, sent

WORDS = (
    "Check the whole first line before you use its words: there must be three, and the"
    " last one is HTTP/1.1."
)


def _no_requests(session: Session) -> list[bytes]:
    word = session.random.word()
    starts = (word, f"GET {word}", f"GET /echo/{word} {word} HTTP/1.1", f"GET echo/{word} HTTP/1.1")
    return [*(head(session, start=start) for start in starts), head(session, word)]


@check(
    "Garbage is rejected",
    "A server MUST reject a first line that is not a request line",
    cite="RFC 9112 2.2",
)
def garbage(session: Session) -> None:
    word = session.random.word().encode()
    noise = bytes(byte | 0x80 for byte in session.random.blob(20))
    for start in (word, noise[:8] + b" " + noise[8:14] + b" " + noise[14:]):
        expect.refused(answer_to(session, start + b"\r\n\r\n"), 400, hint=WORDS)


@check(
    "A request line of two words is rejected",
    "A server MUST reject a request line of two words",
    cite="RFC 9112 3",
)
def two_words(session: Session) -> None:
    for start in ("GET HTTP/1.1", f"GET {session.random.word()}"):
        expect.refused(answer_to(session, head(session, start=start)), 400, hint=WORDS)


@check(
    "Malformed requests do not stop the server",
    "A server MUST serve other clients after any malformed request",
    cite="course: malformed",
)
def lives_on(session: Session) -> None:
    tls, half = b"\x16\x03\x01\x02\x00\x01\x00", head(session)[:-9]
    lengths = (
        head(session, f"Content-Length: {length}", start="POST / HTTP/1.1")
        for length in ("-1", "²", "1, 2")
    )
    for data in (*_no_requests(session), tls, half, half, *lengths, b"\0" * 20):
        connection = session.connect()
        connection.send(data)
        connection.until_read()
        connection.close()
        expect.running(session)
    try:
        expect.status(session.get("/"), 200)
    except Failure as failure:
        failure.hint = (
            "Release what you hold for a client (thread, slot, lock) in every case, also after an"
            " error. All these clients have left."
        )
        raise


@check(
    "A malformed request gets 400",
    "A server SHOULD answer a request that breaks the grammar with 400",
    cite="RFC 9112 3",
    level=ADVICE,
)
def says_400(session: Session) -> None:
    answer_to(session, head(session))  # what a server does once is done with it
    no_method = head(session, start=f"({session.random.word()}) / HTTP/1.1")
    for data in (*_no_requests(session), no_method):
        try:
            answer = answer_to(session, data)
        except Failure:
            continue  # garbage, two_words and line_without_colon tell that
        expect.status(
            answer,
            400,
            301,
            hint="Answer 400: it says that the request is wrong, not that a path is missing.",
        )


@check(
    "One space separates the words",
    "A server SHOULD reject a request line whose words are not separated by one space",
    cite="RFC 9112 3",
    level=ADVICE,
)
def one_space(session: Session) -> None:
    for blank in "\v\f\t\r\x1c\x85\xa0":
        one, other = session.random.shuffled([blank, " "])
        try:
            answer = answer_to(session, head(session, start=f"GET{one}/{other}HTTP/1.1"))
        except Failure:
            continue  # garbage and two_words tell that
        expect.refused(
            answer,
            400,
            hint=(
                "Split the request line at single spaces only: your language's split() may accept"
                " other characters."
            ),
        )


@check(
    "Another version than HTTP/1 is rejected",
    "A server SHOULD reject a request with another version than HTTP/1, or with none",
    cite="RFC 9110 15.6.6",
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
        expect.refused(
            answer,
            505,
            400,
            hint="Answer 505 or 400 to another version: you cannot know its format.",
        )


@check(
    "A malformed request closes the connection",
    "A server SHOULD close the connection after a request that breaks the grammar",
    cite="RFC 9112 2.2",
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
    level=ADVICE,
)
def other_minor_version(session: Session) -> None:
    later = [
        head(session, start=f"GET / HTTP/1.{minor}") for minor in (session.random.number(2, 8), 9)
    ]
    for data in (b"GET / HTTP/1.0\r\n\r\n", *later):
        hint = (
            "Only the major version matters: treat HTTP/1.2 like HTTP/1.1. HTTP/1.0 needs no Host."
        )
        expect.status(answer_to(session, data), 200, hint=hint)


@check(
    "A whole URL is accepted as the target",
    "A server MUST accept a target that is a whole URL",
    cite="RFC 9112 3.2.2",
    level=ADVICE,
)
def whole_url(session: Session) -> None:
    word = session.random.word()
    hint = (
        "Remove http:// and the host from the target, and route by what is left. If nothing"
        " is left, the path is /."
    )
    for path, wanted in (
        (f"/echo/{word}", word),
        (f"/echo/{word}?a=1", word),
        ("", None),
        (f"?{word}", None),
    ):
        answer = answer_to(
            session, head(session, start=f"GET http://{session.host}{path} HTTP/1.1")
        )
        expect.status(answer, 200, hint=hint)
        if wanted:
            expect.body(answer, wanted.encode(), hint=hint)
