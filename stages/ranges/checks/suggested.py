"""What helps a client further: the size in a 416, other units, several parts, and If-Range."""

from grader.author import ADVICE, Session, check, expect

from . import Film

SIZE = (
    "Send Content-Range: bytes */1000 with a 416: the size of the file, for the client's next try."
)
PARTS = (
    "Ignore a list of ranges, or send multipart/byteranges: each part with its own Content-Range.",
    r"Between the parts stand \r\n--BOUNDARY\r\n, at the end \r\n--BOUNDARY--\r\n.",
)
STRONG = "A weak ETag (W/) never matches in If-Range: parts of two versions would be mixed."


@check(
    "A suffix as long as the file or longer is all of it",
    "A server SHOULD send all bytes if the suffix is as long as the file, or longer",
    cite="RFC 9110 14.1.2",
    hint="If fewer bytes are there than the suffix asks for, begin at 0.",
    level=ADVICE,
)
def long_suffix(session: Session) -> None:
    film = Film(session)
    for length in (film.size, film.size + 1, film.size + session.random.number(1000, 9000)):
        film.gives(f"bytes=-{length}", 0, film.size - 1)


@check(
    "A Range of an empty file gets no part",
    "A server SHOULD answer a Range of an empty file with 200 or 416",
    cite="RFC 9110 14.1.2",
    hint="An empty file has no last byte: send it with 200, whatever Range asks for.",
    asks=("ranges/beyond_the_end",),
    level=ADVICE,
)
def empty_file(session: Session) -> None:
    film = Film(session, empty=True)
    for value in ("bytes=0-99", "bytes=0-", "bytes=-50"):
        film.gives_no_part(film.ask(value), "the file is empty", 416)


@check(
    "A 416 says how long the file is",
    "A 416 SHOULD have a Content-Range with the size of the file",
    cite="RFC 9110 15.5.17",
    hint=SIZE,
    level=ADVICE,
)
def size_in_416(session: Session) -> None:
    film = Film(session)
    answer = film.ask(f"bytes={film.size}-")
    if answer.status == 416:
        found = expect.header(answer, "Content-Range")
        expect.contains(found, f"bytes */{film.size}", "Content-Range")


@check(
    "A Range in another unit is ignored",
    "A server SHOULD ignore a Range whose unit it does not know",
    cite="RFC 9110 14.2",
    hint="Look at the unit before the = sign: only bytes counts.",
    level=ADVICE,
)
def other_unit(session: Session) -> None:
    film = Film(session)
    for unit in ("pages", session.random.word()):
        film.gives_no_part(film.ask(f"{unit}=0-1"), f"the unit of the Range is {unit}")


@check(
    "Nonsense after bytes= is ignored",
    "A server SHOULD send the whole file if it cannot read a Range",
    cite="RFC 9110 14.2",
    hint="Only digits may stand on both sides of the dash. Ignore everything else.",
    asks=("ranges/malformed",),
    level=ADVICE,
)
def nonsense_is_ignored(session: Session) -> None:
    film, word = Film(session), session.random.word()
    for value in (word, "bytes=5", "bytes 0-9", f"bytes={word}-", "bytes=0-x", "bytes=+1-+5"):
        film.gives_no_part(film.ask(value), "this is no valid Range", 400, 416)


@check(
    "Several ranges get right parts, or the whole file",
    "A server SHOULD answer several ranges with right parts, or with the whole file",
    cite="RFC 9110 15.3.7.2",
    hint=PARTS,
    level=ADVICE,
)
def several(session: Session) -> None:
    film = Film(session)
    for value in ("bytes=0-9,50-59", f"bytes=5-5, 100-199 ,-20, {film.size}-"):
        expect.parts_or_whole(film.ask(value), film.content)


@check(
    "If-Range with another version gets the whole file",
    "A server SHOULD send the whole file if If-Range names another version",
    cite="RFC 9110 13.1.5",
    hint="Send a part only if If-Range is exactly the ETag or the Last-Modified of the file.",
    level=ADVICE,
)
def another_version(session: Session) -> None:
    film = Film(session)
    year = session.random.number(1995, 2015)
    for version in (f'"{session.random.word()}"', f"Thu, 01 Jan {year} 00:00:00 GMT"):
        answer = film.ask("bytes=0-99", If_Range=version)
        film.gives_no_part(answer, "If-Range names another version")


@check(
    "A weak ETag in If-Range gets the whole file",
    "A server SHOULD send the whole file if the ETag in If-Range is weak",
    cite="RFC 9110 13.1.5",
    hint=STRONG,
    asks=("ranges/another_version",),
    level=ADVICE,
)
def weak_version(session: Session) -> None:
    film = Film(session)
    tag = session.get(f"/{film.name}", ends=False).header("ETag")
    if tag:
        weak = tag if tag.startswith("W/") else f"W/{tag}"
        answer = film.ask("bytes=0-99", If_Range=weak)
        film.gives_no_part(answer, "the ETag in If-Range is weak")
