"""What clients send: names of files, boundaries, and what Python requests makes of a file."""

from typing import Any

from grader.author import ADVICE, Request, Session, check, expect

from . import Part, body_of, boundary_of, comes_back, file, judge, name, upload

CURL, CHROMIUM, FIREFOX = "-" * 24, "----WebKitFormBoundary", "----geckoformboundary"


def says(session: Session, request: Request, part: Part) -> None:
    """This upload is answered with the one file that is in it."""
    answer = session.exchange(request, ends=False)
    judge(expect.decoded(answer), expect.json_value(answer), [part])


@check(
    "A file name may have spaces and semicolons",
    "A server MUST read the file name between its quotes, whatever ASCII letters and signs it has",
    cite="RFC 7578 4.2",
    hint="Read up to the closing quote: a semicolon or = between quotes separates nothing.",
)
def file_names(session: Session) -> None:
    word = session.random.word()
    for filename in (
        f"{word} (1).tar.gz",
        f"a; b={word}.txt",
        f"{word}",
        f"name={word}:,",
    ):
        content = session.random.word(30).encode()
        comes_back(session, Part(name(session), content, filename, "text/plain"))


@check(
    "A part may have no type",
    "A server MUST answer for a file without a type with an empty one, null, or a default",
    cite="RFC 7578 4.4",
    hint="Content-Type is optional: without it, the type is text/plain, as for a field.",
)
def no_type(session: Session) -> None:
    content = session.random.word(30).encode()
    comes_back(session, file(session, content, None), file(session, content, "image/gif"))


@check(
    "The boundaries of curl and of browsers are read",
    "A server MUST take the whole boundary, whose dashes belong to it",
    cite="RFC 2046 5.1.1",
    hint="Take all that follows boundary= as it is. In the body, two more dashes come before it.",
)
def dashes_in_the_boundary(session: Session) -> None:
    word = session.random.word
    for boundary in (CURL + word(22), CHROMIUM + word(16), FIREFOX + word(32)):
        comes_back(session, file(session, word(30).encode()), boundary=boundary)


@check(
    "An upload of requests is read",
    "A server MUST read what Python requests sends: files and fields, the head before the body",
    cite="course: uploads",
    hint="The head may arrive before the body: read on until Content-Length bytes have come.",
    asks=("uploads/fields_and_files", "uploads/every_byte", "uploads/no_type"),
)
def ordinary_client(session: Session) -> None:
    field = Part(name(session), "Grüße & more".encode())
    typed, plain = (file(session, session.random.blob(5000), one) for one in ("image/png", None))
    files: dict[str, Any] = {
        typed.name: (typed.filename, typed.content, "image/png"),
        plain.name: (plain.filename, plain.content),
    }
    data = {field.name: field.content.decode()}
    with session.requests_client() as client:
        response = client.post(session.url("/upload"), data=data, files=files)
    expect.status_of(response, 200)
    judge(response.content, expect.parsed(response.content), (field, typed, plain))


@check(
    "A file name is only a name",
    "A server MUST NOT write a file outside of its directories, whatever name an upload has",
    cite="RFC 7578 7",
    hint="The file name comes from the client: never open a path that contains it.",
)
def names_are_no_paths(session: Session) -> None:
    for above in ("../", f"{session.files.directory.parent}/", "..\\", "x/../../"):
        made = session.random.name()
        part = Part(name(session), b"evil", f"{above}{made}", "text/plain")
        boundary = boundary_of(session)
        request = upload(session, boundary, body_of(boundary, [part]))
        expect.not_written_outside(session, request, made)


@check(
    "The boundary may be in quotes",
    "A server SHOULD read a boundary in quotes, and a Content-Type with other parameters",
    cite="RFC 2046 5.1.1",
    hint="Read the parameters of the Content-Type one by one: a value may be in quotes.",
    level=ADVICE,
)
def quoted_boundary(session: Session) -> None:
    part, boundary = file(session, session.random.word(30).encode()), f"a:b={boundary_of(session)}"
    media_type = f'multipart/form-data; charset=utf-8; Boundary="{boundary}"'
    says(session, upload(session, "", body_of(boundary, [part]), media_type), part)


@check(
    "Header lines of a part come in any order and case",
    "A server SHOULD find the header lines of a part by their names, in any order and case",
    cite="RFC 2045 3",
    hint="Read the lines of a part as you read those of a request: names are case-insensitive.",
    level=ADVICE,
)
def any_order(session: Session) -> None:
    boundary = boundary_of(session)
    part = file(session, session.random.word(30).encode(), "image/gif")
    named = f'filename="{part.filename}"; name="{part.name}"'
    turned = f"CONTENT-TYPE: image/gif\r\ncontent-disposition: form-data; {named}\r\n\r\n"
    body = body_of(boundary, [part]).replace(part.head.encode(), turned.encode())
    says(session, upload(session, boundary, body), part)
