"""The bytes of a chunk, however they arrive, and where a chunked body ends."""

from grader.author import Kind, Response, Session, check, expect

from . import LAST, REFUSALS, TRAILERS, chunk, store, upload

PIECES = (
    "The bytes came one at a time: keep what has arrived, and call recv again until the line, or"
    " the whole chunk, is complete."
)
OWN = "Keep the body of each connection apart, and clear it after each request."
AS_SENT = "A chunk is bytes: take as many as its size says, and do not change them."


@check(
    "A chunk is stored whole",
    "A server MUST store a chunk whole, whatever it contains and however large it is",
    cite="RFC 9112 7.1",
    hint=AS_SENT,
)
def whole_chunk(session: Session) -> None:
    word = session.random.word().encode()
    content = b"%b\r\n0\r\n\r\n%b\r\n5\r\n%b" % (word, bytes(range(256)), word) + b"x" * (200 << 10)
    store(session, chunk(content) + LAST, content)
    pieces = (b" %b\t" % word, b"//%b//" % word, b"%41+%2B", b"\r\n%b\r\n" % word, b"\n")
    store(session, b"".join(map(chunk, pieces)) + LAST, b"".join(pieces))


@check(
    "A body that arrives byte by byte is stored whole",
    "A server MUST store a chunked body whole when it arrives byte by byte",
    cite="RFC 9112 7.1",
    hint=PIECES,
)
def byte_by_byte(session: Session) -> None:
    words = [session.random.word(length).encode() for length in (3, 17)]
    store(session, b"".join(map(chunk, words)) + LAST, b"".join(words), slow=True)


@check(
    "The request after a chunked upload is answered",
    "A server MUST answer the next request on the connection after a chunked upload",
    cite="RFC 9112 9.3",
    hint=(
        "Read the body up to and including the empty line after the trailers. The next"
        " request begins there."
    ),
)
def next_request(session: Session) -> None:
    connection = session.connect()
    for word in (session.random.word(), session.random.word()):
        connection.ask(upload(session, session.random.name(), chunk(b"apple") + TRAILERS))
        answer = connection.read(ends=False)
        if answer.status in REFUSALS or answer.wants_close:
            return
        connection.ask(session.build("GET", f"/echo/{word}"))
        expect.body(connection.read(), word.encode())


def _in_pieces(session: Session) -> expect.Asked:
    name = session.random.name()
    words = [session.random.word(session.random.number(1, 30)).encode() for _ in range(3)]

    def judge(answer: Response) -> None:
        expect.status(answer, 201)
        expect.stored(session, name, b"".join(words))

    return expect.Asked(upload(session, name, b"".join(map(chunk, words)) + LAST), judge)


@check(
    "Chunked uploads are kept apart",
    "A server MUST keep chunked uploads apart, in turn and at once",
    cite="RFC 9112 7.1",
    hint=OWN,
)
def uploads_apart(session: Session) -> None:
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
        # it may know no chunks
        if session.exchange(_in_pieces(session).request, ends=False).status == 201:
            expect.in_turn_and_at_once(session, [_in_pieces], times=4)
