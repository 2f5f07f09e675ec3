"""What a client that asks for the document gets."""

from grader.author import Kind, Session, check, expect

from . import LENGTH, WORD, judge, shown

ANY_PATH = (
    "Answer every GET with the document, and go back to accept.",
    "Look where you choose the answer: you need not look at the path. Look where you call accept:"
    " it belongs into a loop.",
    "Others compared the path with /, served one client and ended, or closed the listening socket.",
)


@check(
    "GET / gets 200",
    "A server MUST answer GET / with a well-formed 200, without waiting for the client to close",
    cite="RFC 9110 15.3.1",
    hint=(
        "When the empty line has arrived, send HTTP/1.1 200 OK, your header lines, an empty line"
        " and the document.",
        "Look at the line ends that you send: each line of the head ends with \\\\r\\\\n.",
        "Others read until the client closes, which it does not before it has its answer; or they"
        " sent the document without a head.",
    ),
)
def answers_200(session: Session) -> None:
    expect.status(session.get("/", ends=False), 200)


@check(
    "The Content-Type is text/html",
    "A server MUST send the document with Content-Type text/html",
    cite="RFC 9110 8.3",
    hint="Send Content-Type: text/html; charset=utf-8. Without it, a browser may show the source.",
)
def says_html(session: Session) -> None:
    expect.media_type(session.get("/", ends=False), "text/html")


@check(
    f"The document shows {WORD}",
    f"The text of the document MUST contain {WORD}, decoded by the charset that it declares",
    cite="RFC 9110 8.3.2",
    hint=(
        f"Write {WORD} into the text of the document, between <body> and </body>.",
        "Look at what arrives: curl -s http://localhost:4221/ prints the document.",
        "Others wrote the word into a comment or a script, or dropped the letters beyond ASCII.",
    ),
)
def shows_the_word(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    answer = connection.read(ends=False)
    with expect.left_to_another_check(Kind.MALFORMED):
        expect.nothing_more(connection)
    if not connection.rest:
        judge(answer)


@check(
    "No byte follows the document",
    "A server MUST NOT send a byte after the end of its answer",
    cite="RFC 9112 6.3",
    hint=LENGTH,
)
def nothing_after(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check(
    "The client can tell where the document ends",
    "The client MUST be able to tell where the answer ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
    hint="Send Content-Length, the length of the body in bytes, or close the connection.",
)
def end_is_told(session: Session) -> None:
    session.get("/")


@check(
    "Every path gets the document",
    "A server MUST answer every GET with the document, one client after the other",
    cite="course: document",
    hint=ANY_PATH,
)
def any_path(session: Session) -> None:
    word = session.random.word
    at_the_root = shown(session.get("/", ends=False))
    for path in (f"/{word()}", f"/{word()}/{word()}.html", f"/?{word()}={word()}"):
        answer = session.get(path, ends=False)
        expect.status(answer, 200)
        if at_the_root:
            judge(answer)
        expect.listening(session)
