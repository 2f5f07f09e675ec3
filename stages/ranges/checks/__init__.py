"""Judges *ranges*: a client gets the part that it asks for, or the whole file from a server without
ranges."""

from grader.author import Response, Session, check, expect

LENGTH = (
    "Both ends belong to the part and count from 0: bytes=0-99 is the first 100 bytes.",
    "Send 206, Content-Range: bytes 0-99/1000, and Content-Length of the part: 100.",
    "Others cut data[0:99], or sent the Content-Length of the whole file.",
)
SUFFIX = "bytes=-50 means the last 50 bytes: the part begins at the size minus 50."
OPEN = "bytes=50- means all bytes from 50 to the end of the file."
CLIP = "A part that goes beyond the end is cut there: the last byte is the size minus 1."
BEYOND = "If the first byte is beyond the end of the file, answer 416, or ignore the header."
MALFORMED = "If you cannot read a Range, ignore it and send the whole file with 200."


class Film:
    """A file of the site of which parts are asked for."""

    def __init__(self, session: Session, *, empty: bool = False) -> None:
        self.session = session
        self.name = session.random.name()
        size = 0 if empty else session.random.number(1000, 2000)
        self.content = session.random.word(size).encode()
        # in the past, as a film is: an ETag of the time is the same then when it is asked by hand
        modified = session.random.number(1_100_000_000, 1_500_000_000)
        session.files.put(self.name, self.content, modified=modified)

    @property
    def size(self) -> int:
        return len(self.content)

    def ask(self, value: str, **others: str) -> Response:
        """GET with this Range, and with other headers; "_" in their names stands for "-"."""
        headers = [("Range", value)]
        headers += [(name.replace("_", "-"), text) for name, text in others.items()]
        return self.session.get(f"/{self.name}", headers=headers, ends=False)

    def gives(self, value: str, first: int, last: int) -> None:
        """This Range gets bytes first to last, or the whole file."""
        expect.part_or_whole(self.ask(value), self.content, first, last)

    def gives_no_part(self, answer: Response, why: str, *others: int) -> None:
        """The answer is the whole file, or an error of these; `why` ends the sentence "The answer
        is only a part (206), but ..."."""
        expect.no_part(answer, why)
        expect.status(answer, 200, *others)
        if answer.status == 200:
            expect.body(answer, self.content)


@check(
    "The first bytes are sent, or the whole file",
    "A server MUST answer a Range with the right part and 206, or with the whole file and 200",
    cite="RFC 9110 14.2",
    hint=LENGTH,
)
def first_bytes(session: Session) -> None:
    film = Film(session)
    film.gives("bytes=0-99", 0, 99)


@check(
    "A part in the middle is the right one",
    "A server MUST send the bytes that a Range in the middle of the file names",
    cite="RFC 9110 14.1.2",
    hint=LENGTH,
)
def middle(session: Session) -> None:
    film = Film(session)
    first = session.random.number(100, 400)
    last = first + session.random.number(10, 300)
    film.gives(f"bytes={first}-{last}", first, last)


@check(
    "A part may be a single byte",
    "A server MUST send one byte if the first and the last byte of the Range are the same",
    cite="RFC 9110 14.1.2",
    hint="bytes=5-5 is the sixth byte: its length is last - first + 1.",
    asks=("ranges/middle",),
)
def one_byte(session: Session) -> None:
    film = Film(session)
    for at in (0, session.random.number(100, 900), film.size - 1):
        film.gives(f"bytes={at}-{at}", at, at)


@check(
    "The last bytes are the right ones",
    "A server MUST send the last bytes of the file for a Range such as bytes=-50",
    cite="RFC 9110 14.1.2",
    hint=SUFFIX,
)
def suffix(session: Session) -> None:
    film = Film(session)
    for length in (session.random.number(20, 90), session.random.number(100, 900)):
        film.gives(f"bytes=-{length}", film.size - length, film.size - 1)


@check(
    "A Range without an end goes to the end of the file",
    "A server MUST send the rest of the file for a Range such as bytes=50-",
    cite="RFC 9110 14.1.2",
    hint=OPEN,
)
def open_end(session: Session) -> None:
    film = Film(session)
    for first in (session.random.number(20, 900), film.size - 2, 0):
        film.gives(f"bytes={first}-", first, film.size - 1)


@check(
    "A Range that goes beyond the end is cut there",
    "A server MUST end a part at the end of the file if the Range goes beyond it",
    cite="RFC 9110 14.1.2",
    hint=CLIP,
)
def beyond_is_cut(session: Session) -> None:
    film = Film(session)
    first = session.random.number(20, 900)
    for last in (film.size, film.size + session.random.number(1000, 9000)):
        film.gives(f"bytes={first}-{last}", first, film.size - 1)


@check(
    "A Range beyond the end gets 416, or the whole file",
    "A server MUST answer a Range that begins beyond the end with 416, or with the whole file",
    cite="RFC 9110 15.5.17",
    hint=BEYOND,
)
def beyond_the_end(session: Session) -> None:
    film = Film(session)
    far = film.size + session.random.number(1000, 9000)
    for value in (f"bytes={film.size}-", f"bytes={far}-", f"bytes={film.size}-{far}"):
        film.gives_no_part(film.ask(value), "the Range begins after the end of the file", 416)


@check(
    "A Range that cannot be read gets 200, 400 or 416",
    "A server MUST answer a malformed Range with the whole file and 200, with 400 or with 416",
    cite="RFC 9110 14.2",
    hint=MALFORMED,
)
def malformed(session: Session) -> None:
    film, word = Film(session), session.random.word(letters="abcdef")
    for value in (f"bytes={word}", "bytes=5-2", "bytes=", "bytes=-"):
        film.gives_no_part(film.ask(value), "this is no valid Range", 400, 416)


@check(
    "Without a Range the whole file is sent",
    "A server MUST answer a request without a Range with 200 and the whole file",
    cite="RFC 9110 14.2",
    hint="Send 206 only to a client that asked for a part: look at the headers of each request.",
)
def whole_without(session: Session) -> None:
    film = Film(session)
    film.ask("bytes=0-99")
    film.gives_no_part(session.get(f"/{film.name}", ends=False), "the client asked for no part")


@check(
    "A missing file gets 404, also with a Range",
    "A server MUST answer a Range request for a missing file with 404",
    cite="RFC 9110 14.2",
    hint="Look for the file first: a Range counts only where the answer would be 200.",
)
def missing_is_404(session: Session) -> None:
    film = Film(session)
    session.files.remove(film.name)
    for value in ("bytes=0-99", "bytes=-50", "bytes=9999-"):
        expect.status(film.ask(value), 404)
