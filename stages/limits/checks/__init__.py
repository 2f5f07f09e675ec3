"""Judges *limits*: what is too long is rejected while it arrives, what is ordinary is served."""

from itertools import chain, repeat

from grader.author import Session, check, expect

LIMIT = 64 << 10
GIVE_UP = 2 << 20  # bytes of a head that have been taken in without an answer
TOO_LONG = (431, 400, 413)
LINE = b"X-Fill: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"
TARGET = (
    "After each recv, compare the length of the line so far with your limit. Past it,"
    " answer 414 and close."
)
FIELDS = (
    "Add up the lengths of all header lines while they arrive. Past the limit, answer 431"
    " and close."
)
CHUNKS = (
    "When you read a chunk's size, add it to what you have stored. Past the limit, answer"
    " 413 and close."
)


def filled(session: Session, size: int) -> str:
    """Text of this length that begins with a random word."""
    return session.random.word().ljust(size, "x")


def chunked(session: Session, name: str) -> bytes:
    return session.build("POST", f"/files/{name}", headers=[("Transfer-Encoding", "chunked")]).head


def endless(session: Session, begin: bytes, piece: bytes, *likely: int, what: str) -> None:
    pieces = chain([begin], repeat(piece * (LIMIT // len(piece))))
    expect.refused_midway(session.connect(), pieces, *likely, most=GIVE_UP, what=what)


@check(
    "An ordinary request is answered",
    "A server MUST answer an ordinary request",
    cite="RFC 9110 15.3.1",
    hint="Do not limit ordinary requests, such as one with a single header line.",
)
def ordinary_request(session: Session) -> None:
    word = session.random.word()
    answer = session.get(f"/echo/{word}")
    expect.status(answer, 200)
    expect.body(answer, word.encode())


@check(
    "A request line of 8000 bytes is served",
    "A server MUST serve a request line of 8000 bytes",
    cite="RFC 9112 3",
    hint="Allow a longer request line: long query strings are ordinary.",
)
def long_line_is_served(session: Session) -> None:
    query = filled(session, 8000 - len("GET /? HTTP/1.1"))
    expect.status(session.get(f"/?{query}", ends=False), 200)


@check(
    "A header section of 7000 bytes is served",
    "A server MUST serve a header section of 7000 bytes in 38 lines",
    cite="course: limits",
    hint="Allow more header lines: browsers send many, and kilobytes of cookies.",
)
def long_header_is_served(session: Session) -> None:
    lines = [("X-Fill", session.random.word(174))] * 38
    answer = session.get("/", headers=lines, ends=False)
    expect.status(answer, 200)


@check(
    "A body of 4 MiB is stored",
    "A server MUST store a body of 4 MiB",
    cite="course: limits",
    hint="Allow a larger body: a photo has some megabytes.",
    asks=("files/stores_a_body",),
)
def large_body_is_stored(session: Session) -> None:
    connection = session.connect()
    name = session.random.name()
    body = filled(session, 4 << 20).encode()
    request = session.build("POST", f"/files/{name}", body=body)
    connection.send_slowly(
        request.head, *(body[at : at + 4 * LIMIT] for at in range(0, len(body), 4 * LIMIT))
    )
    expect.status(connection.read("POST", ends=False), 201)
    expect.stored(session, name, body, "Call recv until the whole body has arrived.")


@check(
    "A target over 64 KiB gets 414",
    "A server MUST answer a target of more than 64 KiB with 414",
    cite="RFC 9112 3",
    hint=TARGET,
)
def long_target(session: Session) -> None:
    text = filled(session, LIMIT + session.random.number(1 << 10, 16 << 10))
    expect.status(session.get(f"/echo/{text}", ends=False), 414)


@check(
    "A header line over 64 KiB is rejected",
    "A server MUST reject a header line of more than 64 KiB",
    cite="RFC 9110 5.4",
    hint=FIELDS,
)
def long_header(session: Session) -> None:
    text = filled(session, LIMIT + session.random.number(1 << 10, 16 << 10))
    expect.status(session.get("/", headers=[("X-Fill", text)], ends=False), *TOO_LONG)


@check(
    "Header lines over 64 KiB together are rejected",
    "A server MUST reject header lines of more than 64 KiB together",
    cite="RFC 9110 5.4",
    hint=FIELDS,
)
def many_headers(session: Session) -> None:
    request = session.build("GET", f"/echo/{session.random.word()}").head[:-2] + LINE * (
        2 * LIMIT // len(LINE)
    )
    connection = session.connect()
    connection.send(request + b"\r\n")
    expect.status(connection.read(ends=False), *TOO_LONG)


@check(
    "An endless request line is rejected early",
    "A server MUST reject a request line without an end while it is still arriving",
    cite="RFC 9112 3",
    hint=TARGET,
)
def endless_line(session: Session) -> None:
    begin = f"GET /{session.random.word()}".encode()
    endless(session, begin, b"x", 414, what="a request line")


@check(
    "An endless header line is rejected early",
    "A server MUST reject a header line without an end while it is still arriving",
    cite="RFC 9110 5.4",
    hint=FIELDS,
)
def endless_header(session: Session) -> None:
    begin = session.build("GET", "/").head[:-2] + f"X-Fill: {session.random.word()}".encode()
    endless(session, begin, b"x", *TOO_LONG, what="a header line")


@check(
    "An endless header section is rejected early",
    "A server MUST reject a header section without an end while it is still arriving",
    cite="RFC 9110 5.4",
    hint=FIELDS,
)
def endless_headers(session: Session) -> None:
    begin = session.build("GET", f"/{session.random.word()}").head[:-2]
    endless(session, begin, LINE, *TOO_LONG, what="header lines")
