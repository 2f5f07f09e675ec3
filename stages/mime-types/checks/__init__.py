"""Judges *mime-types*: the suffix of a file says its media type, and its bytes stay as they are."""

from collections.abc import Collection, Mapping

from grader.author import Failure, Kind, Response, Session, check, expect

EVERY_BYTE = bytes(range(256)) * 4
BLOB = 200_003
UNKNOWN = "application/octet-stream"
IMAGES = {".png": ["image/png"], ".jpg": ["image/jpeg"], ".gif": ["image/gif"]}
JAVASCRIPT = ("text/javascript", "application/javascript")
TABLE = (
    "Make a table from suffixes to media types, and look up the suffix of the file.",
    "Print the suffix that you look up, with its quotes, and what the table has for it.",
    "Others looked up the suffix without its dot, or sent one type for all files.",
)
IMAGE = "Look up the suffix in the table: a browser may refuse to show an image of another type."
DEFAULT = "When the table has no such suffix, send application/octet-stream, or no Content-Type."
BYTES = "Read every file in binary mode, and send its bytes: an image is not text."


def typed(session: Session, wanted: Mapping[str, Collection[str]], content: bytes = b"") -> None:
    """A file of a name with each suffix comes back with one of its types. All files are there
    before the first one is asked for: so they are when a failure is repeated by hand."""
    names = {session.random.name(suffix): types for suffix, types in wanted.items()}
    for name in names:
        session.files.put(name, content or session.random.word(40).encode())
    for name, types in names.items():
        one_of(session.get(f"/{name}", ends=False), types)


def one_of(answer: Response, wanted: Collection[str]) -> None:
    if answer.media_type not in wanted:
        expect.media_type(answer, next(iter(wanted)), hint=None)


def no_known_type(answer: Response, *allowed: str) -> None:
    """No type at all, or just bytes."""
    expect.status(answer, 200)
    if answer.media_type not in (None, UNKNOWN, *allowed):
        raise Failure(
            Kind.MISMATCH,
            f"The Content-Type is {answer.header('Content-Type')}, but nothing says that the file"
            " is of this type.",
            expected=f"Content-Type: {UNKNOWN}, or no Content-Type",
            actual=answer.head,
        )


def unknown(session: Session) -> str:
    """A suffix that no table has, and no program knows beforehand."""
    return f".{session.random.word(letters='abcdefghijklmnopqrstuvwxyz')}"


@check(
    "A style sheet is text/css",
    "A server MUST send a .css file with Content-Type: text/css",
    cite="RFC 9110 8.3",
    hint=TABLE,
)
def types_css(session: Session) -> None:
    name, content = session.random.name(".css"), f"/* {session.random.word()} */\n".encode()
    expect.put(session.files, name, content)
    answer = session.get(f"/{name}", ends=False)
    expect.page(session, answer, name, content)
    expect.media_type(answer, "text/css", hint=None)


@check(
    "A page is text/html",
    "A server MUST send an .html file with Content-Type: text/html",
    cite="RFC 9110 8.3",
    hint=TABLE,
)
def types_html(session: Session) -> None:
    name = session.random.word()
    session.files.put(f"{name}.html", session.random.page())
    answer = session.get(f"/{name}.html", ends=False)
    if 300 < answer.status < 400:  # to the path without .html, as some do
        answer = session.get(f"/{name}", ends=False)
    expect.media_type(answer, "text/html", hint=None)


@check(
    "A script is text/javascript",
    "A server MUST send a .js file with Content-Type: text/javascript or application/javascript",
    cite="RFC 9239 6",
    hint="Browsers refuse a module script of another type: put .js into the table.",
)
def types_javascript(session: Session) -> None:
    typed(session, {".js": JAVASCRIPT})


@check(
    "PNG, JPEG and GIF images have their types",
    "A server MUST send .png, .jpg and .gif files as image/png, image/jpeg and image/gif",
    cite="RFC 9110 8.3",
    hint=IMAGE,
)
def types_images(session: Session) -> None:
    typed(session, IMAGES, b"\0" + session.random.blob(40))


@check(
    "An SVG image is image/svg+xml",
    "A server MUST send an .svg file with Content-Type: image/svg+xml",
    cite="RFC 9110 8.3",
    hint="An SVG image is text, but browsers show it only as image/svg+xml.",
)
def types_svg(session: Session) -> None:
    typed(session, {".svg": ["image/svg+xml"]}, b"<svg xmlns='http://www.w3.org/2000/svg'/>")


@check(
    "An image comes back byte for byte",
    "A server MUST return an image that holds every byte value unchanged",
    cite="RFC 9110 6.4",
    hint=BYTES,
)
def serves_every_byte(session: Session) -> None:
    small, large = session.random.name(".png"), session.random.name(".jpg")
    contents = {small: EVERY_BYTE, large: EVERY_BYTE + session.random.blob(BLOB)}
    for name, content in contents.items():
        expect.put(session.files, name, content)
    for name, content in contents.items():
        expect.page(session, session.get(f"/{name}", ends=False), name, content)


@check(
    "An unknown suffix gets no media type of another file",
    "A server MUST send a binary file of unknown suffix as application/octet-stream, or untyped",
    cite="RFC 9110 8.3",
    hint=DEFAULT,
)
def unknown_suffix_is_bytes(session: Session) -> None:
    name = session.random.name(unknown(session))
    session.files.put(name, b"\0" + session.random.blob(500))
    no_known_type(session.get(f"/{name}", ends=False))


@check(
    "A file without a suffix is served",
    "A server MUST send a binary file without a suffix as application/octet-stream, or untyped",
    cite="RFC 9110 8.3",
    hint="A name need not have a dot: then there is no suffix to look up.",
)
def no_suffix_is_bytes(session: Session) -> None:
    names = (session.random.word(), f"{session.random.word()}.css/{session.random.word()}")
    for name in names:
        session.files.put(name, b"\0" + session.random.blob(500))
    for name in names:
        no_known_type(session.get(f"/{name}", ends=False))


@check(
    "The suffix is what follows the last dot",
    "A server MUST take what follows the last dot of the name as the suffix, as in site.min.css",
    cite="course: mime-types",
    hint="Search for the dot from the end of the name.",
)
def last_dot_counts(session: Session) -> None:
    typed(session, {".min.css": ["text/css"], ".html.css": ["text/css"]})


@check(
    "An upper-case suffix counts too",
    "A server MUST find the media type of a suffix in upper case",
    cite="course: mime-types",
    hint="Turn the suffix into lower case before you look it up. Cameras write .JPG.",
)
def upper_case_counts(session: Session) -> None:
    typed(session, {".CSS": ["text/css"], ".Css": ["text/css"]})
