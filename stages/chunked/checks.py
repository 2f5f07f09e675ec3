"""Judges *chunked*: a body in chunks is stored without them, or refused, and a client that asks first is told."""

from grader import expect
from grader.check import ADVICE, check
from grader.session import Session
from grader.wire import Request

REFUSALS = (400, 411, 501)
LAST = b"0\r\n\r\n"
TRAILERS = b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"
CHUNKED, WAITS = ("Transfer-Encoding", "chunked"), ("Expect", "100-continue")
SIZE = "Before each chunk stands a line with its size in hexadecimal. Take exactly so many bytes, then one line end."
PIECES = "Keep what has come, and read on until the line, or all bytes that the size counts, are there."
REFUSE = "Where a chunk does not begin or end as it should, nobody knows what is next: answer, and then close."
GRAMMAR = "Look at the text before you turn it into a number: int and strtol take signs, 0x, blanks and underscores."
EXPECT = "Expect is a question: answer it when the head has come, and read the body after that, from where you were."


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _upload(session: Session, name: str, framed: bytes, coding: str = "chunked") -> Request:
    return session.build("POST", f"/files/{name}", headers=[("Transfer-Encoding", coding)], body=framed)


def _judge(session: Session, name: str, status: int, content: bytes, hint: str) -> None:
    """The file holds exactly the content, or there is none and the answer has said so."""
    if status in REFUSALS:
        expect.not_written(session.files, name, hint="What you refuse, do not store.")
    else:
        expect.stored(session.files, name, content, hint)


def _store(session: Session, sent: bytes, kept: bytes, hint: str, coding: str = "chunked", slow: bool = False) -> None:
    """The upload is stored decoded; only a server that refuses even an ordinary one may refuse it (RFC 9112 6.3)."""
    ordinary = _upload(session, session.random.name(), _chunk(b"ordinary") + LAST)
    refuses = session.exchange(ordinary, ends=False).status in REFUSALS
    connection, request = session.connect(), _upload(session, name := session.random.name(), sent, coding)
    connection.send_slowly(*([request.head, *(bytes([byte]) for byte in sent)] if slow else [request.to_bytes()]))
    with expect.silence_means(hint):
        answer = connection.read("POST", ends=False)
    expect.status(answer, *(REFUSALS if refuses else (201,)), hint=hint)
    _judge(session, name, answer.status, kept, hint)


def _refuse(session: Session, framed: bytes, hint: str, coding: str = "chunked") -> None:
    connection, name = session.connect(), session.random.name()
    connection.ask(_upload(session, name, framed, coding))
    expect.refused_or_closed(connection, *REFUSALS, hint=hint)
    expect.not_written(session.files, name, hint=hint)


@check("An ordinary chunked upload (Python's requests) MUST be stored decoded, or be refused", cite="RFC 9112 7.1")
def ordinary_client(session: Session) -> None:
    name, words = session.random.name(), [session.random.word(session.random.number(0x1A, 0x1F)) for _ in range(3)]
    with expect.silence_means(SIZE), session.mainstream() as client:
        answer = client.post(session.url(f"/files/{name}"), data=(word.encode() for word in words))
    expect.status_of(answer, 201, *REFUSALS)
    _judge(session, name, answer.status_code, "".join(words).encode(), SIZE)


@check("All chunks MUST be stored, in their order, however many they are", cite="RFC 9112 7.1.3")
def many_chunks(session: Session) -> None:
    words = [session.random.word(session.random.number(1, 9)).encode() for _ in range(100)]
    _store(session, b"".join(map(_chunk, words)) + LAST, b"".join(words), SIZE)


@check("A size MUST be read as a hexadecimal number, in either case and with zeros in front", cite="RFC 9112 7.1")
def size_is_a_number(session: Session) -> None:
    word = session.random.word(session.random.number(0xA, 0xF) * 16 + session.random.number(0xA, 0xF)).encode()
    for size, last in ((b"%X", b"0"), (b"%06x", b"000")):
        framed = b"%b\r\n%b\r\n%b\r\n\r\n" % (size % len(word), word, last)
        _store(session, framed, word, "Compare numbers, not text: A is a, 00a is a, and 000 is the last chunk's size.")


@check("An empty chunked body MUST be stored as an empty file", cite="RFC 9112 7.1")
def empty_body(session: Session) -> None:
    _store(session, LAST, b"", "A last chunk and nothing before it: a body of no bytes.")


@check("Chunk extensions that the server does not know MUST be ignored", cite="RFC 9112 7.1.1")
def extensions(session: Session) -> None:
    word, name = session.random.word().encode(), session.random.word().encode()
    framed = b'a;%b=1\r\n%b\r\n0;%b="a;b"\r\n\r\n' % (name, word, name)
    _store(session, framed, word, "The size ends at the first semicolon; what follows it on the line may be anything.")


@check("Trailers MUST be read, and be no part of the file", cite="RFC 9112 7.1.2")
def trailers(session: Session) -> None:
    word = session.random.word().encode()
    _store(session, _chunk(word) + TRAILERS, word, "After the last chunk, read lines until an empty one; keep none.")


@check("A chunk MUST be stored whole, whatever stands in it and however large it is", cite="RFC 9112 7.1")
def whole_chunk(session: Session) -> None:
    word = session.random.word().encode()
    content = b"%b\r\n0\r\n\r\n%b\r\n5\r\n%b" % (word, bytes(range(256)), word) + b"x" * (200 << 10)
    _store(session, _chunk(content) + LAST, content, PIECES)


@check("A chunked body that arrives byte by byte MUST be stored whole", cite="RFC 9112 7.1")
def byte_by_byte(session: Session) -> None:
    words = [session.random.word(length).encode() for length in (3, 17)]
    _store(session, b"".join(map(_chunk, words)) + LAST, b"".join(words), PIECES, slow=True)


@check("The next request on the connection MUST be answered after a chunked upload", cite="RFC 9112 9.3")
def next_request(session: Session) -> None:
    connection, word = session.connect(), session.random.word()
    connection.ask(_upload(session, session.random.name(), _chunk(b"apple") + TRAILERS))
    answer = connection.read(ends=False)
    if answer.status not in REFUSALS and not answer.wants_close:
        connection.ask(session.build("GET", f"/echo/{word}"))
        expect.body(connection.read(), word.encode(), hint="The body ends with the empty line: read up to it, always.")


@check("The name chunked MUST count in any case", cite="RFC 9112 7")
def name_in_any_case(session: Session) -> None:
    word = session.random.word().encode()
    _store(session, _chunk(word) + LAST, word, "Names of transfer codings ignore case.", coding="Chunked")


@check("A request whose last transfer coding is not chunked MUST be refused", cite="RFC 9112 6.3")
def chunked_is_not_last(session: Session) -> None:
    word = session.random.word()
    _refuse(session, _chunk(word.encode()) + LAST, "Such a body has no end that you could find.", f"chunked, x-{word}")


@check("A chunk size that is anything but hexadecimal digits MUST be refused", cite="RFC 9112 7.1")
def not_only_digits(session: Session) -> None:
    letters = session.random.word(letters="ghijklmnopqrstuvwyz")
    for size in (letters, f"5{letters[0]}", "", "0x5", "+5", "-5", "0_5"):
        _refuse(session, f"{size}\r\n{session.random.word(5)}\r\n".encode() + LAST, GRAMMAR)


@check("A chunk size MUST NOT be cut down to 64 bits", cite="RFC 9112 7.1")
def size_overflows(session: Session) -> None:
    connection, name, word = session.connect(), session.random.name(), session.random.word().encode()
    connection.ask(_upload(session, name, b"%x\r\n%b\r\n" % ((1 << 64) + len(word), word) + LAST))
    hint = "Bound the number while you read its digits; it is a size that nobody sends."
    if connection.something_comes_within(session.budgets.answer):
        expect.refused_or_closed(connection, 400, 413, hint=hint)
    expect.not_written(session.files, name, hint=hint)


@check("A chunk that is longer than its size MUST be refused, and nothing stored", cite="RFC 9112 7.1")
def longer_than_its_size(session: Session) -> None:
    _refuse(session, b"3\r\n%b\r\n" % session.random.word().encode() + LAST, REFUSE)


@check("What follows a refused body MUST NOT be taken for the next request", cite="RFC 9112 9.3")
def nothing_is_smuggled(session: Session) -> None:
    connection, inside = session.connect(), session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    connection.ask(_upload(session, session.random.name(), b"zz\r\n" + inside))
    if expect.refused_or_closed(connection, *REFUSALS, hint=REFUSE) is not None:
        expect.no_second_answer(connection, "the body", REFUSE)


@check("A client that sends Expect and waits MUST be told to go on, or be refused", cite="RFC 9110 10.1.1")
def tells_to_go_on(session: Session) -> None:
    content, length = session.random.word().encode(), ("Content-Length", "10")
    for framing, body, refusals in ((length, content, ()), (CHUNKED, _chunk(content) + LAST, (411, 501))):
        connection, name = session.connect(), session.random.name()
        connection.send(session.build("POST", f"/files/{name}", headers=[framing, WAITS]).head)
        if not expect.invited(connection):
            expect.refused_or_closed(connection, 411, 417, hint=EXPECT)
            continue
        connection.send(body)
        expect.status(answer := connection.read("POST", ends=False), 201, *refusals, hint=EXPECT)
        _judge(session, name, answer.status, content, EXPECT)


@check("A body that comes at once, although the client sent Expect, MUST be stored", cite="RFC 9110 10.1.1")
def does_not_wait(session: Session) -> None:
    name, content = session.random.name(), session.random.word().encode()
    with expect.silence_means(EXPECT):
        answer = session.post(f"/files/{name}", content, headers=[WAITS])
    expect.status(answer, 201, hint=EXPECT)
    expect.stored(session.files, name, content, EXPECT)


@check("An HTTP/1.0 client MUST NOT get 100 (Continue)", cite="RFC 9110 10.1.1")
def none_for_http_1_0(session: Session) -> None:
    connection, target = session.connect(), f"/files/{session.random.name()}"
    request = session.build("POST", target, headers=[WAITS], body=b"apple", version="HTTP/1.0")
    connection.send(request.head)
    connection.something_comes()
    connection.send(request.body)
    interim, hint = connection.read("POST", ends=False).interim, "To an HTTP/1.0 client the 100 is the whole answer."
    expect.equal(len(interim), 0, "of the answers is 100 (Continue), and the client speaks HTTP/1.0", hint=hint)


@check("A chunk that does not end with CR LF SHOULD be refused", cite="RFC 9112 7.1", level=ADVICE)
def line_end_behind_a_chunk(session: Session) -> None:
    _refuse(session, b"5\r\napple%b" % session.random.word(2).encode() + LAST, REFUSE)


@check("A coding that the server does not know, or chunked twice, SHOULD be refused", cite="RFC 9112 6.1", level=ADVICE)
def unknown_coding(session: Session) -> None:
    word = session.random.word()
    for coding in (f"x-{word}, chunked", "chunked, chunked"):
        _refuse(session, _chunk(word.encode()) + LAST, "What you cannot decode, do not store.", coding)


@check("After chunks from an HTTP/1.0 client, the connection MUST be closed", cite="RFC 9112 6.1", level=ADVICE)
def closes_after_1_0(session: Session) -> None:
    connection, name, word = session.connect(), session.random.name(), session.random.word().encode()
    headers, body = [CHUNKED, ("Connection", "keep-alive")], _chunk(word) + LAST
    connection.ask(session.build("POST", f"/files/{name}", headers=headers, body=body, version="HTTP/1.0"))
    answer = connection.read("POST", ends=False)
    expect.status(answer, 201, *REFUSALS, hint="HTTP/1.0 knows no chunks. Refuse them, or store them and close.")
    expect.closes(connection, "after chunks in a request of HTTP/1.0", "RFC 9112 6.1")


@check("What is no chunk SHOULD be answered 400", cite="RFC 9112 2.2", level=ADVICE)
def answers_400(session: Session) -> None:
    request = _upload(session, session.random.name(), b"5\r\napple\r\nzz\r\n")
    expect.status(session.exchange(request, ends=False), *REFUSALS, hint=REFUSE)


@check("A chunked upload that is cut off SHOULD NOT leave a file", cite="RFC 9112 8", level=ADVICE)
def cut_off(session: Session) -> None:
    connection, name = session.connect(), session.random.name()
    connection.ask(_upload(session, name, _chunk(session.random.word().encode()) + b"a\r\napp"))
    connection.until_read()
    connection.close()
    expect.running(session)
    expect.not_written(session.files, name, hint="Store the file only when the last chunk has come.")
