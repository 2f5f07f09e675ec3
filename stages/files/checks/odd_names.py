"""Names that have to be percent-encoded, and names that no file can have: what to make of them."""

from urllib.parse import quote

from grader.author import ADVICE, Kind, Session, check, expect

from . import FOR_NO_OPTION, FOR_NO_SHELL, UPLOAD, encoded

REFUSED = (
    "Writing can fail, for example with a name of over 255 bytes: catch the error, remove"
    " what is left, and answer 404."
)
DECODE = "Cut the target at its question mark, then percent-decode the name once, as UTF-8."
LITERAL = (
    "Percent-decode the name once, then use it literally: no shell, no stripping, no drive letter."
)
QUERY = "Cut the target at the first question mark: the path ends there."
FOR_NO_URL = (":", "=", ",", "  ", "%41", "%2541", "&amp;", "@", "é", "\u0085")
LINE_BREAKS = ("\n", "\r\n")


def _put_encoded_names(session: Session) -> dict[str, bytes]:
    """New files, by their names: what is in each of them."""
    names = [f"{session.random.word()}{one}{session.random.name()}" for one in (" ", "é", "%41")]
    files = {name: session.random.word().encode() for name in names}
    for name, content in files.items():
        session.files.put(name, content)
    return files


def _finds_encoded_names(session: Session) -> bool:
    files = _put_encoded_names(session).items()
    return all(
        expect.decoded(session.get(f"/files/{quote(name)}", ends=False)) == content
        for name, content in files
    )


@check(
    "A percent-encoded file name is decoded",
    "A server SHOULD find a file by its percent-encoded name with a space, an é or a %",
    cite="RFC 3986 2.1",
    hint=DECODE,
    level=ADVICE,
)
def encoded_name(session: Session) -> None:
    for name, content in _put_encoded_names(session).items():
        expect.body(session.get(f"/files/{quote(name)}"), content)


@check(
    "An odd file name is stored literally",
    "A server SHOULD take a name literally even if a shell or a program would read it otherwise",
    cite="RFC 3986 2.1",
    hint=LITERAL,
    level=ADVICE,
)
def odd_names_are_names(session: Session) -> None:
    if not _finds_encoded_names(session):
        return  # encoded_name tells that
    for mark in (*FOR_NO_SHELL, *FOR_NO_OPTION, *FOR_NO_URL, *LINE_BREAKS):
        word, body = session.random.word(), session.random.word(50).encode()
        for name in (mark + word, word[:5] + mark + word[5:]):
            before = session.files.names()
            with expect.left_to_another_check(Kind.MALFORMED):  # line_ends_make_no_header
                answer = session.post(f"/files/{encoded(name)}", body)
                expect.stored_or_refused(session.files, name, body, answer, before=before)


@check(
    "A file is found whatever characters its name has",
    "A server SHOULD find a file by its percent-encoded name, whatever characters are in it",
    cite="RFC 3986 2.1",
    hint=DECODE,
    level=ADVICE,
)
def every_sign(session: Session) -> None:
    if not _finds_encoded_names(session):
        return  # encoded_name tells that
    word = session.random.word
    marks = (*FOR_NO_SHELL, *FOR_NO_OPTION, *FOR_NO_URL)
    for name in (*(word(5) + mark.lower() + word(5) for mark in marks), f"{word()} ", f" {word()}"):
        session.files.put(name, content := word().encode())
        answer = session.get(f"/files/{quote(name)}", ends=False)
        expect.status(answer, 200)
        expect.body(answer, content)


@check(
    "A query string is not part of the file name",
    "A server SHOULD NOT take a query string as part of the file name",
    cite="RFC 9110 4.2.3",
    hint=QUERY,
    asks=UPLOAD,
    level=ADVICE,
)
def query_is_no_name(session: Session) -> None:
    name, content = session.random.name(), session.random.word().encode()
    session.files.put(name, content)
    queries = ("v=2", "", f"/files/{session.random.word()}")
    for query in queries:
        expect.body(session.get(f"/files/{name}?{query}", ends=False), content)
    for query in queries:
        new, body = session.random.name(), session.random.word().encode()
        expect.status(session.post(f"/files/{new}?{query}", body), 201)
        expect.stored(session, new, body)


@check(
    "Impossible file names are answered",
    "A server SHOULD answer a request for a name that no file can have",
    cite="RFC 9110 15.5.5",
    hint="Opening a file of this name fails: catch the error, and answer 404.",
    level=ADVICE,
)
def impossible_name_is_answered(session: Session) -> None:
    word = session.random.word
    impossible = [
        word(256),
        f"{word()}%00{word()}",
        *(way + word() for way in expect.ways_out(session, *expect.DOTS, *expect.ABSOLUTE)),
    ]
    with expect.left_to_another_check(Kind.EXIT):
        for name in impossible:
            expect.answered(session.get(f"/files/{name}", ends=False))
            expect.answered(session.post(f"/files/{name}", b"odd"))


@check(
    "An upload is stored, or gets an error",
    "A server SHOULD store an upload or answer with an error, whatever its name",
    cite="RFC 9110 15.3.2",
    hint=REFUSED,
    level=ADVICE,
    own_launch=True,  # what earlier uploads have left would hide what these leave
)
def stored_or_refused(session: Session) -> None:
    word, body = session.random.word, session.random.word(50).encode()
    session.files.put(f"{(folder := word())}/{(file := word())}", b"in the way")
    for name in (word(256), folder, f"{folder}/{file}/{word()}", f"{word()}/{word()}"):
        before = session.files.names()
        answer = session.post(f"/files/{name}", body)
        expect.stored_or_refused(session.files, name, body, answer, before=before)
