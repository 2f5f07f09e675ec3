"""Judges *partial-reads*: a request is the same request in however many pieces it arrives."""

from grader.author import Connection, Request, Session, check, expect

READ_ON = (
    "Call recv and append to your buffer until the empty line is in the buffer. One recv returns"
    " what has arrived so far, and that may be any part of a request.",
    "Look for the recv whose result you use as if it were the whole request.",
    "Others called recv once, or searched for the empty line only in the newest piece.",
)


def echo(session: Session, word: str) -> bytes:
    return session.build("GET", f"/echo/{word}").to_bytes()


def upload(session: Session, name: str, body: bytes) -> Request:
    return session.build("POST", f"/files/{name}", body=body)


def text(session: Session, length: int) -> bytes:
    return session.random.word(length).encode()


def send_head(connection: Connection, *pieces: bytes) -> None:
    """Send the pieces of a head, each when the server has read the one before. It answers when it
    has them all."""
    size, sent = sum(map(len, pieces)), 0
    for piece in pieces:
        connection.send(piece)
        sent += len(piece)
        if sent < size:
            connection.until_read()
            if connection.rest or connection.ended:
                expect.silence(connection, f"after {sent} of the request's {size} bytes")


def in_two(data: bytes, place: int) -> tuple[bytes, ...]:
    """These bytes cut at the place; in one piece where that is their beginning."""
    return (data[:place], data[place:]) if place else (data,)


def echoed(session: Session, *pieces: bytes, word: str) -> None:
    """GET /echo/{word} in these pieces, on a connection of its own, is answered."""
    connection = session.connect()
    send_head(connection, *pieces)
    expect.content(connection.read("GET", ends=False), word.encode())
    connection.close()


def stored(session: Session, name: str, body: bytes, *pieces: bytes) -> None:
    """POST of a file in these pieces, on a connection of its own, stores the body, whenever it is
    answered."""
    connection = session.connect()
    connection.send_slowly(*pieces)
    expect.created(session, connection.read("POST", ends=False), name)
    expect.stored(session, name, body)
    connection.close()


@check(
    "A request in two pieces is answered",
    "A server MUST answer a request that arrives in two pieces",
    cite="RFC 9112 2.2",
    hint=READ_ON,
)
def two_pieces(session: Session) -> None:
    word = session.random.word()
    request = echo(session, word)
    middle = request.index(b"Host: ") + session.random.number(1, 10)
    echoed(session, request[:middle], request[middle:], word=word)


@check(
    "A head may be cut at any byte",
    "A server MUST read a head whole wherever it is cut in two",
    cite="RFC 9112 2.2",
    hint=(
        "After each recv, search the whole buffer for the empty line, not only the newest piece."
        " Look at the method when the head is complete.",
        "Look at what you do with the first piece before the empty line has arrived.",
        "Others compared the first bytes that came with GET, or missed an empty line that came in"
        " two pieces.",
    ),
    asks=("files/stores_a_body",),
)
def head_cut_anywhere(session: Session) -> None:
    for place in range(len(echo(session, session.random.word()))):
        word = session.random.word()  # another one each time: no answer is that of another cut
        echoed(session, *in_two(echo(session, word), place), word=word)
    for place in range(len(upload(session, session.random.name(), b"").head)):
        name, body = session.random.name(), text(session, 5)
        stored(session, name, body, *in_two(upload(session, name, body).to_bytes(), place))


@check(
    "A request that arrives byte by byte is answered",
    "A server MUST answer a request whose bytes arrive one by one",
    cite="RFC 9112 2.2",
    hint=(
        "Call recv as often as needed: a loop without a fixed number of rounds. It ends when the"
        " empty line has arrived, or when recv returns b''."
    ),
    asks=("partial-reads/head_cut_anywhere",),
)
def byte_by_byte(session: Session) -> None:
    word = session.random.word()
    request = echo(session, word)
    echoed(session, *(bytes([byte]) for byte in request), word=word)
