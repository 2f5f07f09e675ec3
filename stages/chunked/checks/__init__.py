"""Judges *chunked*: a chunked body is stored decoded, or rejected; a client that sends Expect is
answered."""

from grader.author import Hint, Request, Session, check, expect

REFUSALS = (400, 411, 501)
LAST = b"0\r\n\r\n"
TRAILERS = b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"
CHUNKED, WAITS = ("Transfer-Encoding", "chunked"), ("Expect", "100-continue")
SIZE = (
    "Read the line with the chunk's size (in hexadecimal), then exactly that many bytes,"
    " then one \\r\\n. Store only the bytes."
)


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def upload(session: Session, name: str, framed: bytes, *codings: str) -> Request:
    """POST of a body in this frame; each coding, by default chunked, has a line of its own."""
    headers = [("Transfer-Encoding", coding) for coding in codings or ("chunked",)]
    return session.build("POST", f"/files/{name}", headers=headers, body=framed)


def judge(session: Session, name: str, status: int, content: bytes) -> None:
    """The file holds exactly the content, or there is no file and the answer was an error."""
    if status in REFUSALS:
        expect.not_written(
            session.files, name, hint="If you reject an upload, do not write the file."
        )
    else:
        expect.stored(session, name, content)


def store(
    session: Session,
    sent: bytes,
    kept: bytes,
    coding: str = "chunked",
    slow: bool = False,
) -> None:
    """The upload is stored decoded. Only a server that rejects an ordinary one may reject it too
    (RFC 9112 6.3)."""
    ordinary = upload(session, session.random.name(), chunk(b"ordinary") + LAST)
    refuses = session.exchange(ordinary, ends=False).status in REFUSALS
    connection = session.connect()
    request = upload(session, name := session.random.name(), sent, coding)
    connection.send_slowly(
        *([request.head, *(bytes([byte]) for byte in sent)] if slow else [request.to_bytes()])
    )
    answer = connection.read("POST", ends=False)
    expect.status(answer, *(REFUSALS if refuses else (201,)))
    judge(session, name, answer.status, kept)


def refuse(session: Session, framed: bytes, *codings: str, hint: Hint | None = None) -> None:
    """The upload is rejected, and nothing is stored."""
    connection, name = session.connect(), session.random.name()
    connection.ask(upload(session, name, framed, *codings))
    expect.refused_or_closed(connection, *REFUSALS, hint=hint)
    expect.not_written(session.files, name, hint=hint)
    connection.close()


@check(
    "Python's requests can upload in chunks",
    "A server MUST store a chunked upload (Python's requests) decoded, or reject it",
    cite="RFC 9112 7.1",
    hint=SIZE,
    asks=("files/stores_a_body",),
)
def ordinary_client(session: Session) -> None:
    name = session.random.name()
    words = [session.random.word(session.random.number(0x1A, 0x1F)) for _ in range(3)]
    with session.requests_client() as client:
        answer = client.post(session.url(f"/files/{name}"), data=(word.encode() for word in words))
    expect.status_of(answer, 201, *REFUSALS)
    judge(session, name, answer.status_code, "".join(words).encode())
