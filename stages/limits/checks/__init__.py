"""Judges *limits*: the too long is refused while it is still coming, the ordinary is served."""

from itertools import chain, repeat

from grader.author import Session, check, expect

LIMIT = 64 << 10
GIVE_UP = 2 << 20  # bytes of a head that have been taken in without an answer
TOO_LONG = (431, 400, 413)
LINE = b"X-Fill: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"
TARGET = (
    "Compare the length of what has come with your limit each time, before you look for the end of"
    " the line."
)
FIELDS = (
    "Add up the lengths of all header lines while they come. Past the limit: answer 431, and close."
)
BODY = (
    "Look at Content-Length when the head has come, before you read or make room for one byte of"
    " the body."
)
CHUNKS = (
    "Check the limit when a size is read, against what is stored already and this chunk together."
)
END = (
    "You have not read what follows, so you cannot know where the next request begins: answer, and"
    " then close."
)
GO_ON = "A refusal ends one connection: close it, and let the others go on."


def filled(session: Session, size: int) -> str:
    """Text of this length that begins with a word nobody knows."""
    return session.random.word().ljust(size, "x")


def _announcing(session: Session, length: int) -> bytes:
    """The head of an upload of so many bytes."""
    headers = [("Content-Length", str(length))]
    return session.build("POST", f"/files/{session.random.name()}", headers=headers).head


def _tebibytes(session: Session) -> int:
    return session.random.number(1, 9) << 40


def chunked(session: Session, name: str) -> bytes:
    return session.build("POST", f"/files/{name}", headers=[("Transfer-Encoding", "chunked")]).head


def endless(
    session: Session, begin: bytes, piece: bytes, *likely: int, what: str, hint: str
) -> None:
    pieces = chain([begin], repeat(piece * (LIMIT // len(piece))))
    expect.refused_midway(session.connect(), pieces, *likely, most=GIVE_UP, what=what, hint=hint)


@check("An ordinary request MUST be answered", cite="RFC 9110 15.3.1")
def ordinary_request(session: Session) -> None:
    word = session.random.word()
    answer = session.get(f"/echo/{word}")
    expect.status(answer, 200, hint="Limits are for what is unusual.")
    expect.body(answer, word.encode())


@check("A request line of 8000 bytes MUST be served", cite="RFC 9112 3")
def long_line_is_served(session: Session) -> None:
    query = filled(session, 8000 - len("GET /? HTTP/1.1"))
    expect.status(
        session.get(f"/?{query}", ends=False),
        200,
        hint="Do not be too strict: long queries are ordinary.",
    )


@check("A header section of 7000 bytes in 38 lines MUST be served", cite="course: limits")
def long_header_is_served(session: Session) -> None:
    lines = [("X-Fill", session.random.word(174))] * 38
    answer = session.get("/", headers=lines, ends=False)
    expect.status(
        answer,
        200,
        hint="Do not be too strict: browsers send many header lines, and kilobytes of cookies.",
    )


@check("A body of 4 MiB MUST be stored", cite="course: limits")
def large_body_is_stored(session: Session) -> None:
    connection = session.connect()
    name = session.random.name()
    body = filled(session, 4 << 20).encode()
    request = session.build("POST", f"/files/{name}", body=body)
    connection.send_slowly(
        request.head, *(body[at : at + 4 * LIMIT] for at in range(0, len(body), 4 * LIMIT))
    )
    expect.status(
        connection.read("POST", ends=False),
        201,
        hint="A limit is for what is unusual; a photo is not.",
    )
    expect.stored(session.files, name, body, "Read on until the whole body has come.")


@check("A target of more than 64 KiB MUST be answered 414", cite="RFC 9112 3")
def long_target(session: Session) -> None:
    text = filled(session, LIMIT + session.random.number(1 << 10, 16 << 10))
    expect.status(session.get(f"/echo/{text}", ends=False), 414, hint=TARGET)


@check("A header line of more than 64 KiB MUST be refused", cite="RFC 9110 5.4")
def long_header(session: Session) -> None:
    text = filled(session, LIMIT + session.random.number(1 << 10, 16 << 10))
    expect.status(session.get("/", headers=[("X-Fill", text)], ends=False), *TOO_LONG, hint=FIELDS)


@check("Header lines of more than 64 KiB together MUST be refused", cite="RFC 9110 5.4")
def many_headers(session: Session) -> None:
    request = session.build("GET", f"/echo/{session.random.word()}").head[:-2] + LINE * (
        2 * LIMIT // len(LINE)
    )
    connection = session.connect()
    connection.send(request + b"\r\n")
    expect.status(connection.read(ends=False), *TOO_LONG, hint=FIELDS)


@check("A request line without an end MUST be refused while it is still coming", cite="RFC 9112 3")
def endless_line(session: Session) -> None:
    begin = f"GET /{session.random.word()}".encode()
    endless(session, begin, b"x", 414, what="a request line", hint=TARGET)


@check("A header line without an end MUST be refused while it is still coming", cite="RFC 9110 5.4")
def endless_header(session: Session) -> None:
    begin = session.build("GET", "/").head[:-2] + f"X-Fill: {session.random.word()}".encode()
    endless(session, begin, b"x", *TOO_LONG, what="a header line", hint=FIELDS)


@check(
    "A header section without an end MUST be refused while it is still coming", cite="RFC 9110 5.4"
)
def endless_headers(session: Session) -> None:
    begin = session.build("GET", f"/{session.random.word()}").head[:-2]
    endless(session, begin, LINE, *TOO_LONG, what="header lines", hint=FIELDS)


@check(
    "A body announced with more than a tebibyte MUST be answered 413 at once",
    cite="RFC 9110 15.5.14",
)
def announced_body(session: Session) -> None:
    connection = session.connect()
    connection.send(_announcing(session, _tebibytes(session)))
    expect.refused_with(connection, 413, hint=BODY)


@check("A Content-Length MUST NOT be cut down to 64 bits", cite="RFC 9110 8.6")
def length_overflows(session: Session) -> None:
    connection = session.connect()
    connection.send(_announcing(session, (1 << 64) + 10) + session.random.word(10).encode())
    hint = "Bound the number while you read its digits, or count the digits first."
    expect.refused_or_closed(connection, 413, 400, hint=hint)


@check("What follows a refused head MUST NOT be taken for the next request", cite="RFC 9112 9.3")
def nothing_is_smuggled(session: Session) -> None:
    connection = session.connect()
    inside = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    connection.send(_announcing(session, _tebibytes(session)) + inside)
    if expect.refused_or_closed(connection, 413, hint=BODY) is not None:
        expect.no_second_answer(connection, "the body", END)


@check("A server that has refused MUST go on serving others", cite="course: limits")
def others_are_served(session: Session) -> None:
    connections = [session.connect() for _ in range(3)]
    for connection in connections:
        connection.send(_announcing(session, _tebibytes(session)))
        expect.refused_or_closed(connection, 413, hint=BODY)
    word = session.random.word()
    expect.body(session.get(f"/echo/{word}"), word.encode(), hint=GO_ON)


@check(
    "A chunk announced with more than a tebibyte MUST be refused at once", cite="RFC 9110 15.5.14"
)
def announced_chunk(session: Session) -> None:
    connection = session.connect()
    connection.send(
        chunked(session, session.random.name()) + f"{_tebibytes(session):x}\r\n".encode()
    )
    expect.refused_or_closed(connection, 413, hint=CHUNKS)
