"""The request line: three words with one space between."""

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import answer_to, head

WORDS = (
    "Check the whole first line before you use its words: there must be three, and the"
    " last one is HTTP/1.1."
)

SURVIVE = "Catch errors for each connection: an invalid request must not end the program."


def _no_requests(session: Session) -> list[bytes]:
    word = session.random.word()
    starts = (word, f"GET {word}", f"GET /echo/{word} {word} HTTP/1.1", f"GET echo/{word} HTTP/1.1")
    return [*(head(session, start=start) for start in starts), head(session, word)]


@check(
    "Garbage is rejected",
    "A server MUST reject a first line that is not a request line",
    cite="RFC 9112 2.2",
    hint=WORDS,
)
def garbage(session: Session) -> None:
    word = session.random.word().encode()
    noise = bytes(byte | 0x80 for byte in session.random.blob(20))
    for start in (word, noise[:8] + b" " + noise[8:14] + b" " + noise[14:]):
        expect.refused(answer_to(session, start + b"\r\n\r\n"), 400)


@check(
    "A request line of two words is rejected",
    "A server MUST reject a request line of two words",
    cite="RFC 9112 3",
    hint=WORDS,
)
def two_words(session: Session) -> None:
    for start in ("GET HTTP/1.1", f"GET {session.random.word()}"):
        expect.refused(answer_to(session, head(session, start=start)), 400)


@check(
    "Malformed requests do not stop the server",
    "A server MUST serve other clients after any malformed request",
    cite="course: malformed",
    hint=SURVIVE,
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
        failure.hint_alone = True
        raise


@check(
    "A malformed request gets 400",
    "A server SHOULD answer a request that breaks the grammar with 400",
    cite="RFC 9112 3",
    hint="Answer 400 to what breaks the grammar: it says that the request itself is wrong.",
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
        if answer.status < 400 and answer.status != 301:  # which may mend a space in a path
            raise Failure(
                Kind.MISMATCH,
                f"Your server accepted an invalid request: the status is {answer.status}, not 400.",
                expected="status 400",
                actual=answer.head,
                offset=answer.head.find(b" ") + 1,
            )
        if answer.status != 301:
            expect.status(answer, 400)


@check(
    "One space separates the words",
    "A server SHOULD reject a request line whose words are not separated by one space",
    cite="RFC 9112 3",
    hint=(
        "Split the request line at single spaces only: your language's split() may accept"
        " other characters."
    ),
    level=ADVICE,
)
def one_space(session: Session) -> None:
    for blank in "\v\f\t\r\x1c\x85\xa0":
        one, other = session.random.shuffled([blank, " "])
        try:
            answer = answer_to(session, head(session, start=f"GET{one}/{other}HTTP/1.1"))
        except Failure:
            continue  # garbage and two_words tell that
        expect.refused(answer, 400)
