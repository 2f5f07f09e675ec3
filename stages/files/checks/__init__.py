"""Judges *files*: bytes go out of the directory and into it unchanged; nothing else is touched."""

from collections.abc import Callable
from urllib.parse import quote

from grader.author import Failure, Session, check, expect

LETTERS, BLOB = 4099, (1 << 18) + 3  # what repeats in them: the second holds nearly every two bytes
LARGE, LARGE_BODY = (4 << 20) + 1000, 100 << 10  # the last of whatever pieces is not full
EVERY_BYTE = bytes(range(256)) * 4
BYTES = "A file is bytes, not text: open it in binary mode, and do not decode, split or trim it."
SERVE = (
    "Look for the name in the directory after --directory. If it is a file, answer 200.",
    "Print the path that you open, and whether it exists: the argument and the name are its parts.",
    "Others joined the two without a slash, took another argument, or kept /files/ in the name.",
)
STORE = (
    "Answer a POST with 201 after you write its body to the file, whether it is new or not.",
    "Look where you choose by the method, then where the body begins: after the empty line.",
    "Others treated POST as GET, answered 200, or took the body from the first recv alone.",
)
PIECES = (
    "Read the file to its end, and send all of it: one call of read or send may handle only a part."
)
SHELL = (
    "Do not pass a name to a shell, and do not expand it: open the file with your"
    " language's own functions."
)
FOR_NO_SHELL = (
    "'", '"', "`", "$HOME", "*", "?", "[", "[a-z]", "{a,b}", "~", "~root", "\\", ";", "|", "&",
    "<", "(", "!", "#",
)  # fmt: skip
UPLOAD = ("files/stores_a_body",)
FOR_NO_OPTION = ("-", "--", "-rf", "--help", " ", "+", "%", "%s%n", "\t")


def serve(session: Session, content: bytes, suffix: str = ".txt") -> None:
    name = session.random.name(suffix)
    expect.put(session.files, name, content)
    fetch(session, name, content)


def fetch(session: Session, name: str, content: bytes) -> None:
    answer = session.get(f"/files/{name}", ends=False)
    expect.found(session, answer, name)
    expect.body(answer, content)


def store(session: Session, content: bytes, suffix: str = ".txt") -> None:
    name = session.random.name(suffix)
    expect.created(session, session.post(f"/files/{name}", content), name, hint=STORE)
    expect.stored(session, name, content)


def encoded(name: str) -> str:
    """With what a path may hold as it is (RFC 3986 3.3): else a name might never reach a shell."""
    return quote(name, safe="/$*;'()!~&+-")


def letters(session: Session, size: int) -> bytes:
    """ASCII: what goes wrong with it has to do with the size alone."""
    return repeated(session.random.word(LETTERS).encode(), size)


def any_bytes(session: Session, size: int) -> bytes:
    """Bytes of every value and no CRLF: what goes wrong with that is another check's."""
    return repeated(session.random.blob(min(size, BLOB)), size).replace(b"\r\n", b"\n\r")


def repeated(piece: bytes, size: int) -> bytes:
    """Random megabytes would take longer to draw than to send. No power of two is a multiple of the
    period, so a block in the place of another is seen."""
    return piece * (size // len(piece)) + piece[: size % len(piece)]


def passes(judge: Callable[[Session, bytes], None], session: Session, content: bytes) -> bool:
    try:
        judge(session, content)
    except Failure:
        return False
    return True


@check(
    "GET /files/{name} returns the file",
    "A server MUST answer GET /files/{name} with 200 and the file from the --directory",
    cite="RFC 9110 9.3.1",
    hint=SERVE,
)
def serves_a_file(session: Session) -> None:
    serve(session, f"{session.random.word()} {session.random.word()}".encode())


@check(
    "A file is application/octet-stream",
    "A server MUST send a file with Content-Type: application/octet-stream",
    cite="RFC 9110 8.3",
)
def says_octet_stream(session: Session) -> None:
    name = session.random.name()
    session.files.put(name, b"text")
    expect.media_type(session.get(f"/files/{name}", ends=False), "application/octet-stream")


@check(
    "A file with every byte value comes back unchanged",
    "A server MUST return a file that holds every byte value unchanged",
    cite="RFC 9110 6.4",
    hint=BYTES,
)
def serves_every_byte(session: Session) -> None:
    serve(session, EVERY_BYTE, suffix=".xlsx")
    if passes(serve, session, letters(session, LARGE)):  # else serves_large tells that
        serve(session, any_bytes(session, LARGE))


@check(
    "A file with CRLF line ends comes back unchanged",
    "A server MUST return a file with CRLF line ends unchanged",
    cite="RFC 9110 6.4",
    hint=BYTES,
)
def serves_crlf(session: Session) -> None:
    serve(session, f"{session.random.word()}\r\n{session.random.word()}\r\n".encode())
    serve(session, b"\r\n \t\r\n")  # blank lines alone are content, too


@check(
    "A UTF-8 file comes back, its length in bytes",
    "A server MUST return a UTF-8 file unchanged, with its length counted in bytes",
    cite="RFC 9110 8.6",
    hint="Content-Length counts bytes, not characters: measure the bytes that you send.",
)
def serves_utf8(session: Session) -> None:
    serve(session, f"héllo {session.random.word()} wörld €".encode())


@check(
    "An empty file gets 200 and an empty body",
    "A server MUST answer with 200 and an empty body when the file is empty",
    cite="RFC 9110 8.6",
    hint="An empty file exists: answer 200 with Content-Length: 0.",
)
def serves_empty(session: Session) -> None:
    serve(session, b"")


@check(
    "A file of 4 MiB comes back whole",
    "A server MUST return a file of 4 MiB whole",
    cite="RFC 9110 6.4",
    hint=PIECES,
)
def serves_large(session: Session) -> None:
    serve(session, letters(session, LARGE))


@check(
    "A missing file gets 404",
    "A server MUST answer with 404 when the file does not exist",
    cite="RFC 9110 15.5.5",
    hint="Answer 404 when the file does not exist.",
)
def missing_is_404(session: Session) -> None:
    answer = session.get(f"/files/{session.random.name()}", ends=False)
    expect.status(answer, 404)
