"""Clients that leave, upload at the same time, or read slowly."""

from grader.author import ADVICE, Kind, Session, check, expect

from . import PIECES, STORE, UPLOAD

APART = "Keep the body of each connection apart, and read it to its end before you write the file."
# more than Linux keeps for both ends of a connection: tcp(7), tcp_rmem, tcp_wmem
PAUSE_S, NO_BUFFER = 0.5, 12 << 20


@check(
    "A cut-off upload leaves no partial file",
    "An upload that is cut off SHOULD NOT leave a partial file",
    cite="RFC 9112 8",
    hint="Write the file only after the whole body has arrived.",
    level=ADVICE,
)
def cut_off_upload(session: Session) -> None:
    name = session.random.name()
    connection = session.connect()
    connection.send(session.build("POST", f"/files/{name}", body=bytes(1000)).to_bytes()[:-500])
    connection.until_read()
    connection.close()
    with expect.left_to_another_check(Kind.EXIT):
        expect.running(session)  # and at rest: what it does with that body is done
    expect.not_written(session.files, name)


@check(
    "Two uploads at once are kept apart",
    "A server SHOULD keep two uploads at the same time apart",
    cite="course: concurrency",
    hint=APART,
    asks=UPLOAD,
    level=ADVICE,
)
def uploads_apart(session: Session) -> None:
    sizes = (session.random.number(1000, 2000), session.random.number(3000, 4000))
    uploads = [
        (session.random.name(), session.random.word(size).encode(), session.connect())
        for size in sizes
    ]
    for part in (slice(0, 500), slice(500, None)):
        for name, body, connection in uploads:
            head = (
                session.build("POST", f"/files/{name}", body=body).head if part.start == 0 else b""
            )
            connection.send(head + body[part])
            connection.until_read()
    for name, body, connection in uploads:
        expect.status(connection.read("POST", ends=False), 201, hint=STORE)
        expect.stored(session, name, body)


@check(
    "A slow reader gets the whole file",
    "A server SHOULD send the whole file to a client that reads slowly",
    cite="course: files",
    hint=PIECES,
    level=ADVICE,
    beside=True,
)
def slow_reader(session: Session) -> None:
    name, piece = session.random.name(), session.random.word(1 << 12).encode()
    session.files.put(name, piece * (NO_BUFFER >> 12))  # megabytes: not kept while the answer comes
    connection = session.connect()
    connection.ask(session.build("GET", f"/files/{name}"))
    connection.stall(PAUSE_S)
    answer = expect.whole_for_a_slow_reader(connection, session.url(f"/files/{name}"))
    expect.body(answer, piece * (NO_BUFFER >> 12))
