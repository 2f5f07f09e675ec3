"""Chunks that are right: how many there are, their sizes, extensions and trailers."""

from grader.author import Session, check, expect

from . import CHUNKED, LAST, SIZE, TRAILERS, chunk, store

APART = (
    "Keep trailers separate from the headers, or drop them: the head of the request ended"
    " before its body."
)
NOT_EVIL = r"(?s)(?!.*evil).*"


@check(
    "Many chunks are stored in order",
    "A server MUST store all chunks in their order, however many there are",
    cite="RFC 9112 7.1.3",
    hint=SIZE,
)
def many_chunks(session: Session) -> None:
    words = [session.random.word(session.random.number(1, 9)).encode() for _ in range(100)]
    store(session, b"".join(map(chunk, words)) + LAST, b"".join(words))


@check(
    "A size is a hexadecimal number",
    "A server MUST read a size as a hexadecimal number, in either case and with leading zeros",
    cite="RFC 9112 7.1",
    hint=(
        "Convert the size to a number before you compare it: A, a and 00a are equal. A last"
        " chunk may say 000."
    ),
)
def size_is_a_number(session: Session) -> None:
    word = session.random.word(
        session.random.number(0xA, 0xF) * 16 + session.random.number(0xA, 0xF)
    ).encode()
    for size, last in ((b"%X", b"0"), (b"%06x", b"000")):
        framed = b"%b\r\n%b\r\n%b\r\n\r\n" % (size % len(word), word, last)
        store(session, framed, word)


@check(
    "An empty chunked body becomes an empty file",
    "A server MUST store an empty chunked body as an empty file",
    cite="RFC 9112 7.1",
    hint="Accept a body that has only the last chunk: it has no bytes, and becomes an empty file.",
)
def empty_body(session: Session) -> None:
    store(session, LAST, b"")


@check(
    "Unknown chunk extensions are ignored",
    "A server MUST ignore chunk extensions that it does not know",
    cite="RFC 9112 7.1.1",
    hint=(
        "Cut the line at its first semicolon: the size is before it. Ignore the rest of the line."
    ),
)
def extensions(session: Session) -> None:
    word, name = session.random.word().encode(), session.random.word().encode()
    framed = b'a;%b=1\r\n%b\r\n0;%b="a;b"\r\n\r\n' % (name, word, name)
    store(session, framed, word)


@check(
    "Trailers are not part of the file",
    "A server MUST read the trailers and keep them out of the file",
    cite="RFC 9112 7.1.2",
    hint="After the last chunk, read lines until an empty one, and do not store them.",
)
def trailers(session: Session) -> None:
    word = session.random.word().encode()
    store(session, chunk(word) + TRAILERS, word)


@check(
    "Trailers do not become headers",
    "A server MUST NOT use a trailer as a header",
    cite="RFC 9110 6.5.1",
    hint=APART,
)
def trailers_are_no_headers(session: Session) -> None:
    own = [("User-Agent", session.random.word())]
    problem = "Your server used a trailer as a header."
    expected = "an answer without the trailer's word"
    for trailer, headers in (
        (b"User-Agent: evil", []),
        (b"User-Agent: evil", own),
        (b"Content-Length: 9", own),
    ):
        connection, body = session.connect(), chunk(b"x") + b"0\r\n%b\r\n\r\n" % trailer
        for request in (
            session.build("GET", "/user-agent", headers=[*headers, CHUNKED], body=body),
            session.build("GET", "/user-agent"),
        ):
            connection.ask(request)
            answer = expect.answered_or_closed(connection)
            if answer is None or answer.status >= 400:
                break
            expect.refused_or_reads(answer, NOT_EVIL, problem, expected=expected)
        connection.close()
