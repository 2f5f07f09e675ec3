"""Chunks that are right: their sizes, their bytes, their trailers, and where the body ends."""

from grader.author import Kind, Response, Session, check, expect

from . import CHUNKED, LAST, REFUSALS, SIZE, chunk, store, upload

TRAILERS = b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"
PIECES = (
    "Keep what has arrived, and call recv again until the line, or the whole chunk, is complete."
)
OWN = "Keep the body of each connection apart, and clear it after each request."
AS_SENT = "A chunk is bytes: take as many as its size says, and do not change them."
APART = (
    "Keep trailers separate from the headers, or drop them: the head of the request ended"
    " before its body."
)
NOT_EVIL = r"(?s)(?!.*evil).*"


@check(
    "Many chunks are stored in order",
    "A server MUST store all chunks in their order, however many there are",
    cite="RFC 9112 7.1.3",
)
def many_chunks(session: Session) -> None:
    words = [session.random.word(session.random.number(1, 9)).encode() for _ in range(100)]
    store(session, b"".join(map(chunk, words)) + LAST, b"".join(words), SIZE)


@check(
    "A size is a hexadecimal number",
    "A server MUST read a size as a hexadecimal number, in either case and with leading zeros",
    cite="RFC 9112 7.1",
)
def size_is_a_number(session: Session) -> None:
    word = session.random.word(
        session.random.number(0xA, 0xF) * 16 + session.random.number(0xA, 0xF)
    ).encode()
    for size, last in ((b"%X", b"0"), (b"%06x", b"000")):
        framed = b"%b\r\n%b\r\n%b\r\n\r\n" % (size % len(word), word, last)
        store(
            session,
            framed,
            word,
            (
                "Convert the size to a number before you compare it: A, a and 00a are equal. A last"
                " chunk may say 000."
            ),
        )


@check(
    "An empty chunked body becomes an empty file",
    "A server MUST store an empty chunked body as an empty file",
    cite="RFC 9112 7.1",
)
def empty_body(session: Session) -> None:
    store(
        session,
        LAST,
        b"",
        ("Accept a body that has only the last chunk: it has no bytes, and becomes an empty file."),
    )


@check(
    "Unknown chunk extensions are ignored",
    "A server MUST ignore chunk extensions that it does not know",
    cite="RFC 9112 7.1.1",
)
def extensions(session: Session) -> None:
    word, name = session.random.word().encode(), session.random.word().encode()
    framed = b'a;%b=1\r\n%b\r\n0;%b="a;b"\r\n\r\n' % (name, word, name)
    store(
        session,
        framed,
        word,
        (
            "Cut the line at its first semicolon: the size is before it. Ignore the rest of the"
            " line."
        ),
    )


@check(
    "Trailers are not part of the file",
    "A server MUST read the trailers and keep them out of the file",
    cite="RFC 9112 7.1.2",
)
def trailers(session: Session) -> None:
    word = session.random.word().encode()
    store(
        session,
        chunk(word) + TRAILERS,
        word,
        "After the last chunk, read lines until an empty one, and do not store them.",
    )


@check(
    "Trailers do not become headers",
    "A server MUST NOT use a trailer as a header",
    cite="RFC 9110 6.5.1",
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
            answer = expect.answered_or_closed(connection, APART)
            if answer is None or answer.status >= 400:
                break
            expect.refused_or_reads(answer, NOT_EVIL, problem, APART, expected=expected)
        connection.close()


@check(
    "A chunk is stored whole",
    "A server MUST store a chunk whole, whatever it contains and however large it is",
    cite="RFC 9112 7.1",
)
def whole_chunk(session: Session) -> None:
    word = session.random.word().encode()
    content = b"%b\r\n0\r\n\r\n%b\r\n5\r\n%b" % (word, bytes(range(256)), word) + b"x" * (200 << 10)
    store(session, chunk(content) + LAST, content, PIECES)
    pieces = (b" %b\t" % word, b"//%b//" % word, b"%41+%2B", b"\r\n%b\r\n" % word, b"\n")
    store(session, b"".join(map(chunk, pieces)) + LAST, b"".join(pieces), AS_SENT)


@check(
    "A body that arrives byte by byte is stored whole",
    "A server MUST store a chunked body whole when it arrives byte by byte",
    cite="RFC 9112 7.1",
)
def byte_by_byte(session: Session) -> None:
    words = [session.random.word(length).encode() for length in (3, 17)]
    store(session, b"".join(map(chunk, words)) + LAST, b"".join(words), PIECES, slow=True)


@check(
    "The request after a chunked upload is answered",
    "A server MUST answer the next request on the connection after a chunked upload",
    cite="RFC 9112 9.3",
)
def next_request(session: Session) -> None:
    connection = session.connect()
    for word in (session.random.word(), session.random.word()):
        connection.ask(upload(session, session.random.name(), chunk(b"apple") + TRAILERS))
        answer = connection.read(ends=False)
        if answer.status in REFUSALS or answer.wants_close:
            return
        connection.ask(session.build("GET", f"/echo/{word}"))
        expect.body(
            connection.read(),
            word.encode(),
            hint=(
                "Read the body up to and including the empty line after the trailers. The next"
                " request begins there."
            ),
        )


def _in_pieces(session: Session) -> expect.Asked:
    name = session.random.name()
    words = [session.random.word(session.random.number(1, 30)).encode() for _ in range(3)]

    def judge(answer: Response) -> None:
        expect.status(answer, 201, hint=OWN)
        expect.stored(session.files, name, b"".join(words), OWN)

    return expect.Asked(upload(session, name, b"".join(map(chunk, words)) + LAST), judge)


@check(
    "Chunked uploads are kept apart",
    "A server MUST keep chunked uploads apart, in turn and at once",
    cite="RFC 9112 7.1",
)
def uploads_apart(session: Session) -> None:
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
        # it may know no chunks
        if session.exchange(_in_pieces(session).request, ends=False).status == 201:
            expect.in_turn_and_at_once(session, [_in_pieces], times=4)
