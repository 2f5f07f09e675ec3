"""Uploads: the file holds exactly the body."""

from grader.author import Session, check, expect

from . import (
    BYTES,
    EVERY_BYTE,
    LARGE_BODY,
    STORE,
    UPLOAD,
    any_bytes,
    fetch,
    letters,
    passes,
    serve,
    store,
)

NOT_YET = ("Accept-Encoding", "Connection")  # of what requests sends, each is a later stage's
WHOLE = (
    "Call recv until Content-Length bytes of the body have arrived: one call may return"
    " only a part."
)
STILL_MISSING = (
    "Look for the file at each request: it has been there since the POST. Do not remember that a"
    " file was missing."
)
REPLACED = "Replace the whole file by the new body, and drop every cached copy of the old one."
BOM = (
    "Open the file in binary mode, and do not decode it as utf-8-sig: the first three"
    " bytes belong to the file."
)


@check(
    "POST /files/{name} stores the body",
    "A server MUST store the body of POST /files/{name} and answer 201",
    cite="RFC 9110 9.3.3",
    hint=STORE,
)
def stores_a_body(session: Session) -> None:
    store(session, f"{session.random.word()} {session.random.word()}".encode(), suffix=".Txt")


@check(
    "A body with every byte value is stored unchanged",
    "A server MUST store a body that holds every byte value unchanged",
    cite="RFC 9110 6.4",
    hint=BYTES,
    asks=UPLOAD,
)
def stores_every_byte(session: Session) -> None:
    store(session, EVERY_BYTE, suffix="")
    if passes(store, session, letters(session, LARGE_BODY)):  # else stores_large tells that
        store(session, any_bytes(session, LARGE_BODY))


@check(
    "A body with empty lines is stored whole",
    "A server MUST store a body with empty lines whole",
    cite="RFC 9112 6.3",
    hint="Split the request at the first empty line only: all that follows is the body.",
    asks=UPLOAD,
)
def stores_empty_lines(session: Session) -> None:
    body = "\r\n\r\n".join(f"{session.random.word()}: 2\r\n" for _ in range(3))
    store(session, body.encode())


@check(
    "An empty body becomes an empty file",
    "A server MUST store an empty body as an empty file",
    cite="RFC 9110 8.6",
    hint="Content-Length: 0 is a body of no bytes: write an empty file.",
    asks=UPLOAD,
)
def stores_empty(session: Session) -> None:
    store(session, b"")


@check(
    "A body of 100 KiB is stored whole",
    "A server MUST store a body of 100 KiB whole",
    cite="RFC 9112 6.2",
    hint=WHOLE,
    asks=UPLOAD,
)
def stores_large(session: Session) -> None:
    store(session, letters(session, LARGE_BODY))


@check(
    "A byte order mark is kept",
    "A server MUST keep a byte order mark at the beginning of a file and of a body",
    cite="RFC 9110 6.4",
    hint=BOM,
    asks=UPLOAD,
)
def keeps_the_byte_order_mark(session: Session) -> None:
    word = session.random.word()
    session.files.put(name := session.random.name(".csv"), content := f"\ufeff{word}".encode())
    # as long in bytes and in characters: else serves_utf8 tells that
    if passes(serve, session, f"€{word}".encode()):
        fetch(session, name, content)
    store(session, content, ".csv")


@check(
    "A body that arrives after the head is stored whole",
    "A server MUST store a body whole when it arrives after the head",
    cite="RFC 9112 6.2",
    hint=WHOLE,
    asks=UPLOAD,
)
def body_after_the_head(session: Session) -> None:
    name, body = session.random.name(), session.random.word(99).encode()  # a nine is a digit, too
    request = session.build("POST", f"/files/{name}", body=body)
    connection = session.connect()
    connection.send_slowly(request.head, body[:20], body[20:])
    expect.status(connection.read("POST", ends=False), 201, hint=STORE)
    expect.stored(session, name, body)


@check(
    "Python's requests gets back what it stored",
    "An ordinary client (Python's requests) MUST get back the file that it has stored",
    cite="RFC 9110 3.5",
    hint="Look at what was sent: requests adds headers, and sends the body separately.",
    asks=UPLOAD,
)
def ordinary_client(session: Session) -> None:
    name, content = session.random.name(), session.random.word(300)
    url, early = session.url(f"/files/{name}"), session.connect()
    early.ask(session.build("GET", f"/files/{name}"))
    early.something_comes()  # whatever it is: the file was not there yet
    was_missing = b" 404" in early.rest[:12]
    session.leave(early)
    with session.requests_client(without=NOT_YET) as client:
        expect.status_of(client.post(url, data=content), 201)
    expect.stored(session, name, content.encode())
    # on a connection of its own: one is enough for one request
    with session.requests_client(without=NOT_YET) as client:
        got = client.get(url)
        remembers = was_missing and got.status_code == 404
        expect.text_of(got, content, hint=STILL_MISSING if remembers else None)


@check(
    "The next POST replaces a stored file",
    "A server MUST replace a stored file by the next POST to its name",
    cite="RFC 9110 9.3.3",
    hint=REPLACED,
    asks=UPLOAD,
)
def replaces(session: Session) -> None:
    name, old = session.random.name(), session.random.word(100).encode()
    expect.status(session.post(f"/files/{name}", old), 201, hint=STORE)
    expect.body(session.get(f"/files/{name}", ends=False), old)
    # shorter, and then of one size
    for body in (session.random.word().encode(), session.random.word().encode()):
        expect.status(session.post(f"/files/{name}", body), 201, hint=STORE)
        expect.stored(session, name, body)
        expect.body(session.get(f"/files/{name}", ends=False), body)
