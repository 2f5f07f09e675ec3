"""Judges *index*: the path / is the file index.html of the site, byte for byte."""

from grader.author import ADVICE, Failure, Kind, Session, check, expect

INDEX = "index.html"
LARGE = 300_000
SIGNS = "<style>p { color: red }</style> 100% %s {{x}} {0} \\n $x\t"
SERVE = (
    "For the path / read index.html in the directory after --static, and answer 200 with it.",
    "Print the whole path of the file that you open, and whether it exists.",
    "Others opened index.html in the current directory, read it once before it was there, or sent"
    " a fixed text.",
)
BYTES = "Read the file in binary mode, and send its bytes: do not decode, format or split them."
ANEW = "Read the file for each request: it may change while your server runs."


def serve(session: Session, content: bytes, target: str = "/") -> None:
    expect.put(session.files, INDEX, content)
    expect.page(session, session.get(target, ends=False), INDEX, content)


@check(
    "GET / returns index.html",
    "A server MUST answer GET / with 200 and the index.html of its --static directory",
    cite="course: index",
    hint=SERVE,
)
def serves_the_index(session: Session) -> None:
    serve(session, session.random.page(session.random.word()))


@check(
    "The index is text/html",
    "A server MUST send index.html with Content-Type: text/html",
    cite="RFC 9110 8.3",
    hint="Send Content-Type: text/html: a browser shows the source of a page with another type.",
)
def says_text_html(session: Session) -> None:
    expect.put(session.files, INDEX, session.random.page())
    expect.media_type(session.get("/", ends=False), "text/html", hint=None)


@check(
    "A page with CRLF line ends comes back unchanged",
    "A server MUST return a page with CRLF line ends and signs such as {x} and %s unchanged",
    cite="RFC 9110 6.4",
    hint=BYTES,
)
def keeps_every_sign(session: Session) -> None:
    serve(session, session.random.page(SIGNS).replace(b"\n", b"\r\n"))


@check(
    "A UTF-8 page comes back, its length in bytes",
    "A server MUST return a UTF-8 page unchanged, with its length counted in bytes",
    cite="RFC 9110 8.6",
    hint="Content-Length counts bytes, not characters: measure the bytes that you send.",
)
def counts_bytes(session: Session) -> None:
    serve(session, session.random.page("Grüße, 世界, €"))


@check(
    "A page that is not UTF-8 comes back unchanged",
    "A server MUST return a page in another encoding than UTF-8 unchanged",
    cite="RFC 9110 6.4",
    hint=BYTES,
    asks=("index/counts_bytes",),
)
def keeps_other_encodings(session: Session) -> None:
    serve(session, session.random.page('<meta charset="iso-8859-1">caf\0').replace(b"\0", b"\xe9"))


@check(
    "A page of 300 KB comes back whole",
    "A server MUST return a page of 300 KB whole",
    cite="RFC 9110 6.4",
    hint="Read the file to its end, and send all of it: one call may handle only a part.",
)
def serves_large(session: Session) -> None:
    serve(session, session.random.page(f"{session.random.word(997)}\n" * (LARGE // 998)))


@check(
    "The client can tell where the page ends",
    "The client MUST be able to tell where the page ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
    hint="Send Content-Length, or close the connection after the page.",
)
def end_is_told(session: Session) -> None:
    expect.put(session.files, INDEX, session.random.page())
    session.get("/")


@check(
    "A changed index.html is served at once",
    "A server MUST serve index.html as it is now, also after a change",
    cite="course: index",
    hint=ANEW,
)
def serves_what_is_there_now(session: Session) -> None:
    expect.put(session.files, INDEX, session.random.page())
    session.get("/", ends=False)
    expect.put(session.files, INDEX, content := session.random.page(session.random.word()))
    expect.content(session.get("/", ends=False), content)


@check(
    "GET /index.html is the same page",
    "A server MUST answer GET /index.html with the same page, or redirect to /",
    cite="course: index",
    hint="Look for the path as the name of a file: / is only another name for /index.html.",
)
def serves_it_by_name(session: Session) -> None:
    content = session.random.page()
    expect.put(session.files, INDEX, content)
    answer = session.get(f"/{INDEX}", ends=False)
    expect.page_or_redirect(session, answer, INDEX, content, asked=f"/{INDEX}", to="/")


@check(
    "Without an index.html, / gets 404",
    "A server MUST answer / without an index.html with 404, 403 or a list of files",
    cite="RFC 9110 15.5.5",
    hint="A file that does not exist gets 404: check before you open it, or catch the error.",
)
def answers_without_an_index(session: Session) -> None:
    session.files.remove(INDEX)
    expect.status(session.get("/", ends=False), 404, 403, 200)


@check(
    "Without an index.html, no list of files is sent",
    "A server SHOULD NOT list the files of its site",
    cite="course: index",
    hint="Answer 404: a list shows every file, also those that no page links to.",
    asks=("index/answers_without_an_index",),
    level=ADVICE,
)
def sends_no_list(session: Session) -> None:
    session.files.remove(INDEX)
    name = session.random.name(".html")
    session.files.put(name, session.random.page())
    answer = session.get("/", ends=False)
    if name.encode() in (found := expect.decoded(answer)):
        raise Failure(
            Kind.MISMATCH,
            f"The answer lists the files of the site: it names {name}.",
            expected="404 or 403, without the names of files",
            actual=found,
            offset=found.find(name.encode()),
        )


@check(
    "A query string does not change the page",
    "A server SHOULD ignore the query string when it looks for the file",
    cite="RFC 9110 4.2.3",
    hint="Cut the target at the first question mark: the path ends there.",
    level=ADVICE,
)
def query_keeps_the_page(session: Session) -> None:
    serve(session, session.random.page(), f"/?{session.random.word()}=1")
