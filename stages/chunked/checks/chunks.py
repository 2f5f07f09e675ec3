"""The chunks: their sizes, their bytes, what stands behind them, and where the body ends."""

from grader.author import ADVICE, Kind, Response, Session, check, expect

from . import CHUNKED, LAST, REFUSALS, SIZE, chunk, refuse, store, upload

TRAILERS = b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"
PIECES = (
    "Keep what has come, and read on until the line, or all bytes that the size counts, are there."
)
OWN = "What belongs to one connection must not lie where others write."
AS_SENT = "A chunk is bytes: take as many as its size says, and change none of them."
REFUSE = (
    "Where a chunk does not begin or end as it should, nobody knows what is next: answer, and then"
    " close."
)
GRAMMAR = (
    "Look at each byte before you make a number: int and strtol take signs, 0x, blanks, other"
    " scripts' digits."
)
APART = (
    "The head of the request ended before its body. Keep trailers apart from the headers, or forget"
    " them."
)
NOT_EVIL = r"(?s)(?!.*evil).*"
DIGITS_OF_OTHER_SCRIPTS = "\u0665\u096b\uff15"


@check("All chunks MUST be stored, in their order, however many they are", cite="RFC 9112 7.1.3")
def many_chunks(session: Session) -> None:
    words = [session.random.word(session.random.number(1, 9)).encode() for _ in range(100)]
    store(session, b"".join(map(chunk, words)) + LAST, b"".join(words), SIZE)


@check(
    "A size MUST be read as a hexadecimal number, in either case and with zeros in front",
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
            "Compare numbers, not text: A is a, 00a is a, and 000 is the last chunk's size.",
        )


@check("An empty chunked body MUST be stored as an empty file", cite="RFC 9112 7.1")
def empty_body(session: Session) -> None:
    store(session, LAST, b"", "A last chunk and nothing before it: a body of no bytes.")


@check("Chunk extensions that the server does not know MUST be ignored", cite="RFC 9112 7.1.1")
def extensions(session: Session) -> None:
    word, name = session.random.word().encode(), session.random.word().encode()
    framed = b'a;%b=1\r\n%b\r\n0;%b="a;b"\r\n\r\n' % (name, word, name)
    store(
        session,
        framed,
        word,
        "The size ends at the first semicolon; what follows it on the line may be anything.",
    )


@check("Trailers MUST be read, and be no part of the file", cite="RFC 9112 7.1.2")
def trailers(session: Session) -> None:
    word = session.random.word().encode()
    store(
        session,
        chunk(word) + TRAILERS,
        word,
        "After the last chunk, read lines until an empty one; keep none.",
    )


@check("Trailers MUST NOT become headers", cite="RFC 9110 6.5.1")
def trailers_are_no_headers(session: Session) -> None:
    own = [("User-Agent", session.random.word())]
    problem = "Your server used a trailer as a header."
    expected = "an answer without the word of the trailer"
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
    "A chunk MUST be stored whole, whatever stands in it and however large it is",
    cite="RFC 9112 7.1",
)
def whole_chunk(session: Session) -> None:
    word = session.random.word().encode()
    content = b"%b\r\n0\r\n\r\n%b\r\n5\r\n%b" % (word, bytes(range(256)), word) + b"x" * (200 << 10)
    store(session, chunk(content) + LAST, content, PIECES)
    pieces = (b" %b\t" % word, b"//%b//" % word, b"%41+%2B", b"\r\n%b\r\n" % word, b"\n")
    store(session, b"".join(map(chunk, pieces)) + LAST, b"".join(pieces), AS_SENT)


@check("A chunked body that arrives byte by byte MUST be stored whole", cite="RFC 9112 7.1")
def byte_by_byte(session: Session) -> None:
    words = [session.random.word(length).encode() for length in (3, 17)]
    store(session, b"".join(map(chunk, words)) + LAST, b"".join(words), PIECES, slow=True)


@check(
    "The next request on the connection MUST be answered after a chunked upload",
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
            hint="The body ends with the empty line: read up to it, always.",
        )


def _in_pieces(session: Session) -> expect.Asked:
    name = session.random.name()
    words = [session.random.word(session.random.number(1, 30)).encode() for _ in range(3)]

    def judge(answer: Response) -> None:
        expect.status(answer, 201, hint=OWN)
        expect.stored(session.files, name, b"".join(words), OWN)

    return expect.Asked(upload(session, name, b"".join(map(chunk, words)) + LAST), judge)


@check("Uploads in chunks, in turn and at once, MUST be kept apart", cite="RFC 9112 7.1")
def uploads_apart(session: Session) -> None:
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE):
        # it may know no chunks
        if session.exchange(_in_pieces(session).request, ends=False).status == 201:
            expect.in_turn_and_at_once(session, [_in_pieces], times=4)


@check("A chunk size that is anything but hexadecimal digits MUST be refused", cite="RFC 9112 7.1")
def not_only_digits(session: Session) -> None:
    random, letters = session.random, session.random.word(letters="ghijklmnopqrstuvwyz")
    signs = (letters, f"5{letters[0]}", "", "0x5", "+5", "-5", "0_5", "5,5", "²", "5²")
    blanks = (" 5", "\t5", "\v5", "5\f", "\x855", "5\xa0")
    script = random.choice(DIGITS_OF_OTHER_SCRIPTS).encode()
    for size in (*(text.encode("latin-1") for text in (*signs, *blanks)), script):
        refuse(session, b"%b\r\n%b\r\n" % (size, random.word(5).encode()) + LAST, GRAMMAR)


@check("A chunk size MUST NOT be cut down to 64 bits", cite="RFC 9112 7.1")
def size_overflows(session: Session) -> None:
    connection = session.connect()
    name = session.random.name()
    word = session.random.word().encode()
    connection.ask(upload(session, name, b"%x\r\n%b\r\n" % ((1 << 64) + len(word), word) + LAST))
    hint = "Bound the number while you read its digits; it is a size that nobody sends."
    if connection.something_comes_within(session.budgets.answer):
        expect.refused_or_closed(connection, 400, 413, hint=hint)
    expect.not_written(session.files, name, hint=hint)


@check(
    "A chunk that is longer than its size MUST be refused, and nothing stored", cite="RFC 9112 7.1"
)
def longer_than_its_size(session: Session) -> None:
    refuse(session, b"3\r\n%b\r\n" % session.random.word().encode() + LAST, REFUSE)


@check("What follows a refused body MUST NOT be taken for the next request", cite="RFC 9112 9.3")
def nothing_is_smuggled(session: Session) -> None:
    connection = session.connect()
    inside = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    connection.ask(upload(session, session.random.name(), b"zz\r\n" + inside))
    if expect.refused_or_closed(connection, *REFUSALS, hint=REFUSE) is not None:
        expect.no_second_answer(connection, "the body", REFUSE)


@check("A chunk that does not end with CR LF SHOULD be refused", cite="RFC 9112 7.1", level=ADVICE)
def line_end_behind_a_chunk(session: Session) -> None:
    refuse(session, b"5\r\napple%b" % session.random.word(2).encode() + LAST, REFUSE)


@check("What follows a size and a blank SHOULD be refused", cite="RFC 9112 7.1", level=ADVICE)
def blank_behind_the_size(session: Session) -> None:
    for rest in (" 5", " x", "\t0", f" {session.random.word()}=1"):
        refuse(session, b"5%b\r\napple\r\n" % rest.encode() + LAST, GRAMMAR)


@check("LF alone SHOULD NOT end a line between chunks", cite="RFC 9112 7.1", level=ADVICE)
def bare_line_feed(session: Session) -> None:
    hint = (
        "Only CR and LF together end a line here: a proxy that takes LF, too, sees other chunks"
        " than you."
    )
    word = session.random.word().encode()
    for framed in (
        b"a\n%b\r\n0\r\n\r\n",
        b"a;b\n%b\r\n0\r\n\r\n",
        b"a\r\n%b\n0\r\n\r\n",
        b"a\r\n%b\r\n0\n\r\n",
    ):
        refuse(session, framed % word, hint)


@check("What is no chunk SHOULD be answered 400", cite="RFC 9112 2.2", level=ADVICE)
def answers_400(session: Session) -> None:
    request = upload(session, session.random.name(), b"5\r\napple\r\nzz\r\n")
    expect.status(session.exchange(request, ends=False), *REFUSALS, hint=REFUSE)


@check("A chunked upload that is cut off SHOULD NOT leave a file", cite="RFC 9112 8", level=ADVICE)
def cut_off(session: Session) -> None:
    connection, name = session.connect(), session.random.name()
    connection.ask(upload(session, name, chunk(session.random.word().encode()) + b"a\r\napp"))
    connection.until_read()
    connection.close()
    expect.running(session)
    expect.not_written(
        session.files, name, hint="Store the file only when the last chunk has come."
    )
