"""What is in a file comes back, whatever it is."""

from grader.author import Session, check

from . import CONTENT, boundary_of, comes_back, file

LARGE = 5 << 20


@check(
    "A file comes back byte for byte",
    "A server MUST read a file with every byte value unchanged",
    cite="RFC 7578 4.4",
    hint=CONTENT,
)
def every_byte(session: Session) -> None:
    every = bytes(range(256))
    content = session.random.blob(300) + every + b"\n\r\n\n" + every[::-1]
    comes_back(session, file(session, content, "image/png"))


@check(
    "Line breaks in a file belong to it",
    "A server MUST read a file with the empty lines at its beginning, inside, and at its end",
    cite="RFC 2046 5.1.1",
    hint="Only the one CRLF before the boundary belongs to the boundary: cut off these two bytes.",
)
def keeps_line_breaks(session: Session) -> None:
    word = session.random.word().encode()
    for content in (b"\r\n\r\n" + word + b"\r\n\r\n" + word + b"\r\n\r\n", b"\n" + word + b"\n \n"):
        comes_back(session, file(session, content))


@check(
    "A file may be empty",
    "A server MUST answer for an empty file with the size 0",
    cite="RFC 7578 4",
    hint="An empty file is a file: its part has an empty line, and then comes the boundary.",
)
def empty_file(session: Session) -> None:
    comes_back(session, file(session, b""), file(session, session.random.word().encode()))


@check(
    "A line that resembles the boundary is content",
    "A server MUST end a part only at CRLF, -- and the whole boundary",
    cite="RFC 2046 5.1.1",
    hint="Search for CRLF, --, and the boundary together: any of them alone belongs to the file.",
)
def resembles_the_boundary(session: Session) -> None:
    boundary, word = boundary_of(session), session.random.word()
    lines = (f"--{boundary[:-1]}_", "--", f"{boundary}--", f" --{boundary}", f"-{boundary}", "----")
    comes_back(
        session, file(session, "\r\n".join([word, *lines, word]).encode()), boundary=boundary
    )


@check(
    "A file of 5 MiB comes back",
    "A server MUST read a file of 5 MiB whole",
    cite="RFC 9112 6.3",
    hint="Read until Content-Length bytes have come, and raise the limit of your framework.",
    asks=("uploads/every_byte",),
)
def large_file(session: Session) -> None:
    comes_back(session, file(session, session.random.blob(LARGE), "video/mp4"))
