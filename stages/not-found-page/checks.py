"""Judges *not-found-page*: what is missing gets 404, and HEAD is answered like GET, without a
body."""

from grader.author import ADVICE, Failure, Kind, Response, Session, check, expect

PAGE = "404.html"
MISSING = (
    "Look whether the file exists before you open it, and answer 404 when it does not.",
    "Look where you choose the status: print the path of the file that you looked for.",
    "Others answered 200 with an error page, or sent index.html for every path.",
)
CAUGHT = "Opening a file can fail in many ways: catch the error, and answer 404."
AS_GET = "Handle HEAD like GET, but send only the head."
ODD = ("/%", "/%00", "/%E9", "/%2", "//", "/..", "/.", "/~", "/:", "/*", "/%2e", "/con", "/\\")
LONG = 300  # more than a file name may have


def exchange(session: Session, method: str, target: str) -> Response:
    return session.exchange(session.build(method, target), ends=False)


def head(session: Session, target: str, status: int) -> None:
    """HEAD is answered with this status, which GET has, too, and nothing follows the head."""
    session.get(target, ends=False)  # so that a failure can say what GET was answered
    connection = session.connect()
    connection.ask(session.build("HEAD", target))
    expect.status(connection.read(ends=False), status)
    expect.nothing_more(connection)
    connection.close()  # a server of one thread serves the next client only then


def same_length(session: Session, target: str) -> None:
    """A Content-Length in the answer to HEAD is the one of GET."""
    size = len(exchange(session, "GET", target).body)
    length = exchange(session, "HEAD", target).header("Content-Length")
    if length and length.split(",")[0].strip() != str(size):
        raise Failure(
            Kind.MISMATCH,
            f"HEAD {target} says Content-Length: {length}, but GET {target} sends {size} bytes.",
            expected=f"Content-Length: {size}, or no Content-Length",
            actual=f"Content-Length: {length}",
        )


def missing(session: Session) -> str:
    return f"/{session.random.word()}"


@check(
    "A missing page gets 404",
    "A server MUST answer with 404 when the site has no file for the path",
    cite="RFC 9110 15.5.5",
    hint=MISSING,
)
def missing_is_404(session: Session) -> None:
    expect.put(session.files, "index.html", session.random.page())
    session.files.remove(PAGE)
    expect.status(session.get(missing(session), ends=False), 404)


@check(
    "Every kind of missing file gets 404",
    "A server MUST answer with 404 for a missing file, whatever its suffix and folder",
    cite="RFC 9110 15.5.5",
    hint=CAUGHT,
)
def every_kind_is_404(session: Session) -> None:
    expect.put(session.files, "index.html", session.random.page())
    word = session.random.word
    for path in (f"{word()}.png", f"{word()}/{word()}", f"index.html/{word()}"):
        expect.status(session.get(f"/{path}", ends=False), 404)


@check(
    "After a 404 the site is still served",
    "A server MUST serve the site after a 404 as before",
    cite="course: not-found-page",
    hint="After a 404, go on as after every other answer.",
)
def serves_on(session: Session) -> None:
    content = session.random.page()
    expect.put(session.files, "index.html", content)
    session.get(missing(session), ends=False)
    expect.content(session.get("/", ends=False), content)


@check(
    "Odd paths do not stop the server",
    "An odd path MUST NOT stop the server",
    cite="RFC 3986 2.1",
    hint="Decoding a path and opening a file can fail: catch the error, and answer 400 or 404.",
)
def odd_paths_are_survived(session: Session) -> None:
    long = session.random.word(LONG)
    paths = (*ODD, f"/{long}", f"/{long}/{long}", f"/{session.random.word()}?{long}")
    expect.all_survived(session, [session.build("GET", path) for path in paths])


@check(
    "A 404.html of the site does not change the status",
    "A server MUST answer with 404 for a missing page, also when the site has a 404.html",
    cite="RFC 9110 15.5.5",
    hint="Send the page 404.html with the status 404: with 200 it looks like the page asked for.",
)
def page_keeps_the_status(session: Session) -> None:
    expect.put(session.files, PAGE, session.random.page())
    expect.status(session.get(missing(session), ends=False), 404)


@check(
    "HEAD of a page gets 200 without a body",
    "A server MUST answer HEAD of a file with 200 like GET, but without a body",
    cite="RFC 9110 9.3.2",
    hint=AS_GET,
)
def head_of_a_page(session: Session) -> None:
    name = session.random.name(".css")
    expect.put(session.files, "index.html", session.random.page())
    expect.put(session.files, name, session.random.page())
    for target in ("/", f"/{name}"):
        head(session, target, 200)


@check(
    "HEAD of a page has the Content-Length of GET",
    "A Content-Length in the answer to HEAD of a file MUST be that of GET",
    cite="RFC 9110 8.6",
    hint="Measure the file as for GET. Drop the body only when you send.",
    asks=("not-found-page/head_of_a_page",),
)
def length_of_head(session: Session) -> None:
    name = session.random.name(".css")
    expect.put(session.files, name, session.random.page())
    same_length(session, f"/{name}")


@check(
    "HEAD of a missing page gets 404 without a body",
    "A server MUST answer HEAD of a missing page with 404, but without a body",
    cite="RFC 9110 9.3.2",
    hint="Drop the body of every answer to HEAD, also of a 404.",
)
def head_of_nothing(session: Session) -> None:
    head(session, missing(session), 404)


@check(
    "HEAD of a missing page has the Content-Length of GET",
    "A Content-Length in the answer to HEAD of a missing page SHOULD be that of GET",
    cite="RFC 9110 8.6",
    hint="Build the 404 as for GET. Drop its body only when you send.",
    asks=("not-found-page/head_of_nothing",),
    level=ADVICE,
)
def length_of_head_of_nothing(session: Session) -> None:
    same_length(session, missing(session))


@check(
    "A 404 has an HTML page",
    "A server SHOULD send an HTML page with a 404",
    cite="RFC 9110 15.5",
    hint="Send a short page that says what is wrong, with Content-Type: text/html.",
    level=ADVICE,
)
def has_a_page(session: Session) -> None:
    session.files.remove(PAGE)
    answer = session.get(missing(session), ends=False)
    if not expect.decoded(answer):
        raise Failure(
            Kind.MISMATCH,
            "The 404 has no body: a browser shows an empty page.",
            expected="a page for people",
            actual=answer.head,
        )
    expect.media_type(answer, "text/html", code=404, hint=None)


@check(
    "The 404.html of the site is used",
    "A server SHOULD send the 404.html of the site with a 404, if there is one",
    cite="course: not-found-page",
    hint="When a file is missing, look for 404.html in the directory, and send it with status 404.",
    asks=("not-found-page/page_keeps_the_status",),
    level=ADVICE,
)
def uses_the_page_of_the_site(session: Session) -> None:
    content = session.random.page()
    expect.put(session.files, PAGE, content)
    answer = session.get(missing(session), ends=False)
    if (came := expect.decoded(answer)) != content:
        raise Failure(
            Kind.MISMATCH,
            "The body is not the 404.html of the site.",
            expected=content,
            actual=came,
            offset=expect.first_difference(content, came),
        )
