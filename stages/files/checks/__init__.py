"""Judges *files*: bytes go out of the directory and into it unchanged; nothing else is touched."""

from collections.abc import Callable
from urllib.parse import quote

from grader.author import Failure, Session, check, expect

LARGE, LARGE_BODY = (4 << 20) + 1000, 100 << 10  # the last of whatever pieces is not full
NOT_YET = ("Accept-Encoding", "Connection")  # of what requests sends, each is a later stage's
EVERY_BYTE = bytes(range(256)) * 4
BYTES = "A file is bytes, and not text: nothing in it is to be decoded, translated or trimmed."
WHOLE = (
    "Read on until Content-Length bytes of the body have come: recv returns what is there, not what"
    " was sent."
)
REPLACED = (
    "The new body takes the place of the old file: nothing of that stays, wherever you keep it."
)
PIECES = "One call that sends may take only a part of what it is given."
BOM = (
    "The first three bytes belong to the file: open it in binary mode, or do not decode it as"
    " utf-8-sig."
)

DOTS = ("../", "./../", "..//", "....//", "{folder}/../../")
ENCODED = ("%2e%2e/", "..%2f", "%2E%2E%2F", "%252e%252e%252f", "..%5c", "..%c0%af")
ABSOLUTE = ("{root}/", "/{root}/", "%2F..{root}/")
SHELL = "Give no name to a shell: open the file with your language's own functions."
FOR_NO_SHELL = (
    "'", '"', "`", "$HOME", "*", "?", "[", "[a-z]", "{a,b}", "~", "~root", "\\", ";", "|", "&",
    "<", "(", "!", "#",
)  # fmt: skip
FOR_NO_OPTION = ("-", "--", "-rf", "--help", " ", "+", "%", "%s%n", "\t")


def _serve(session: Session, content: bytes, hint: str = BYTES, suffix: str = ".txt") -> None:
    name = session.random.name(suffix)
    session.files.put(name, content)
    _fetch(session, name, content, hint)


def _fetch(session: Session, name: str, content: bytes, hint: str = BYTES) -> None:
    answer = session.get(f"/files/{name}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, content, hint=hint)


def store(session: Session, content: bytes, hint: str = BYTES, suffix: str = ".txt") -> None:
    name = session.random.name(suffix)
    expect.status(session.post(f"/files/{name}", content), 201)
    expect.stored(session.files, name, content, hint)


def encoded(name: str) -> str:
    """With what a path may hold as it is (RFC 3986 3.3): else a name might never reach a shell."""
    return quote(name, safe="/$*;'()!~&+-")


def _letters(session: Session, size: int) -> bytes:
    """ASCII: what goes wrong with it has to do with the size alone. No power of two is a multiple
    of its period."""
    piece = session.random.word(4099).encode()
    return (piece * (size // len(piece) + 1))[:size]


def _bytes(session: Session, size: int) -> bytes:
    """Bytes of every value and no CRLF: what goes wrong with that is another check's."""
    return session.random.blob(size).replace(b"\r\n", b"\n\r")


def passes(judge: Callable[[Session, bytes], None], session: Session, content: bytes) -> bool:
    try:
        judge(session, content)
    except Failure:
        return False
    return True


def ways_out(session: Session, *forms: str) -> list[str]:
    """What stands before a name outside, in each of these forms: also through a folder."""
    folder = session.random.word()
    session.files.put(f"{folder}/{session.random.word()}", b"inside")
    return [form.format(folder=folder, root=session.files.root) for form in forms]


@check(
    "GET /files/{name} MUST answer 200 with the file from the directory after --directory",
    cite="RFC 9110 9.3.1",
)
def serves_a_file(session: Session) -> None:
    _serve(session, f"{session.random.word()} {session.random.word()}".encode())


@check("The Content-Type of a file MUST be application/octet-stream", cite="RFC 9110 8.3")
def says_octet_stream(session: Session) -> None:
    name = session.random.name()
    session.files.put(name, b"text")
    expect.media_type(session.get(f"/files/{name}", ends=False), "application/octet-stream")


@check("A file that holds every byte value MUST come back unchanged", cite="RFC 9110 6.4")
def serves_every_byte(session: Session) -> None:
    session.files.put(large := session.random.name(), content := _bytes(session, LARGE))
    _serve(session, EVERY_BYTE, suffix=".xlsx")
    if passes(_serve, session, _letters(session, LARGE)):  # else serves_large tells that
        _fetch(session, large, content)


@check("A file with CRLF line ends MUST come back unchanged", cite="RFC 9110 6.4")
def serves_crlf(session: Session) -> None:
    _serve(session, f"{session.random.word()}\r\n{session.random.word()}\r\n".encode())


@check("A file in UTF-8 MUST come back unchanged, its length counted in bytes", cite="RFC 9110 8.6")
def serves_utf8(session: Session) -> None:
    _serve(
        session, f"héllo {session.random.word()} wörld €".encode(), "Content-Length counts bytes."
    )


@check("An empty file MUST be answered 200 with an empty body", cite="RFC 9110 8.6")
def serves_empty(session: Session) -> None:
    _serve(session, b"", "An empty file is a file.")


@check("A file of 4 MiB MUST come back whole", cite="RFC 9110 6.4")
def serves_large(session: Session) -> None:
    _serve(session, _letters(session, LARGE), PIECES)


@check("A file that does not exist MUST be answered 404", cite="RFC 9110 15.5.5")
def missing_is_404(session: Session) -> None:
    expect.status(session.get(f"/files/{session.random.name()}", ends=False), 404)


@check("POST /files/{name} MUST store the body and answer 201", cite="RFC 9110 9.3.3")
def stores_a_body(session: Session) -> None:
    store(session, f"{session.random.word()} {session.random.word()}".encode(), suffix=".Txt")


@check("A body that holds every byte value MUST be stored unchanged", cite="RFC 9110 6.4")
def stores_every_byte(session: Session) -> None:
    store(session, EVERY_BYTE, suffix="")
    if passes(store, session, _letters(session, LARGE_BODY)):  # else stores_large tells that
        store(session, _bytes(session, LARGE_BODY))


@check("A body with empty lines inside MUST be stored whole", cite="RFC 9112 6.3")
def stores_empty_lines(session: Session) -> None:
    body = "\r\n\r\n".join(f"{session.random.word()}: 2\r\n" for _ in range(3))
    store(session, body.encode(), "Cut at the first empty line only.")


@check("An empty body MUST be stored as an empty file", cite="RFC 9110 8.6")
def stores_empty(session: Session) -> None:
    store(session, b"", "Content-Length: 0 is a body of no bytes.")


@check("A body of 100 KiB MUST be stored whole", cite="RFC 9112 6.2")
def stores_large(session: Session) -> None:
    store(session, _letters(session, LARGE_BODY), WHOLE)


@check(
    "A byte order mark at the beginning MUST be kept, in a file and in a body", cite="RFC 9110 6.4"
)
def keeps_the_byte_order_mark(session: Session) -> None:
    word = session.random.word()
    session.files.put(name := session.random.name(".csv"), content := f"\ufeff{word}".encode())
    # as long in bytes and in characters: else serves_utf8 tells that
    if passes(_serve, session, f"€{word}".encode()):
        _fetch(session, name, content, BOM)
    store(session, content, BOM, ".csv")


@check("A body that arrives after the head MUST be stored whole", cite="RFC 9112 6.2")
def body_after_the_head(session: Session) -> None:
    name, body = session.random.name(), session.random.word(99).encode()  # a nine is a digit, too
    request = session.build("POST", f"/files/{name}", body=body)
    connection = session.connect()
    connection.send_slowly(request.head, body[:20], body[20:])
    expect.status(connection.read("POST", ends=False), 201)
    expect.stored(session.files, name, body, WHOLE)


@check(
    "An ordinary client (Python's requests) MUST get back the file that it has stored",
    cite="RFC 9110 3.5",
)
def ordinary_client(session: Session) -> None:
    name, content = session.random.name(), session.random.word(300)
    url, early = session.url(f"/files/{name}"), session.connect()
    early.ask(session.build("GET", f"/files/{name}"))
    early.something_comes()  # whatever it is: the file was not there yet
    early.close()
    with session.requests_client(without=NOT_YET) as client:
        expect.status_of(client.post(url, data=content), 201)
    # on a connection of its own: one is enough for one request
    with session.requests_client(without=NOT_YET) as client:
        expect.text_of(client.get(url), content)


@check("A stored file MUST be replaced by the next POST of its name", cite="RFC 9110 9.3.3")
def replaces(session: Session) -> None:
    name, old = session.random.name(), session.random.word(100).encode()
    expect.status(session.post(f"/files/{name}", old), 201)
    expect.body(session.get(f"/files/{name}", ends=False), old, hint=BYTES)
    # shorter, and then of one size
    for body in (session.random.word().encode(), session.random.word().encode()):
        expect.status(session.post(f"/files/{name}", body), 201)
        expect.stored(session.files, name, body, REPLACED)
        expect.body(session.get(f"/files/{name}", ends=False), body, hint=REPLACED)
