"""Judges *echo*: /echo/{text} answers with a body, its type and its length."""

from contextlib import suppress
from string import ascii_letters, ascii_lowercase

from grader.author import Failure, Session, check, expect

# of what requests sends, each is a later stage's
NOT_YET = ("User-Agent", "Accept-Encoding", "Connection")
OWN = (
    "Build the answer from this request alone. If you cache answers, use the whole path as the key."
)
ROUTE = "Take the path from the request line alone, and compare how it begins."
ONE_LENGTH = (
    "Set Content-Length in one place only. Node's fetch rejects an answer with two"
    " lengths, even equal ones."
)
UNDECODABLE = (
    "100%",
    "%",
    "%zz",
    "%4",
    "%C0%80",
    "%E9",
    "%FF%FE",
    "%ED%A0%80",
    "%00",
    "%u00e9",
    "%25%",
    "?",
    "//",
    "..",
)
WHOLE = (
    "Read the head to its empty line, then return all that follows /echo/, unchanged.",
    "Look where you call recv: it returns what has arrived, which may be a part of the head.",
    "Others called recv once, used a buffer of fixed size, or split the path at each slash.",
)
SURVIVE = (
    "Decoding can fail: catch the error in the handler of this connection, then answer"
    " 400 or the text as sent."
)


@check(
    "GET /echo/{text} returns the text",
    "A server MUST answer GET /echo/{text} with 200 and the text as its body",
    cite="RFC 9110 6.4",
    hint=(
        "Answer with 200 and with what follows /echo/ in the path, nothing else.",
        "Look at three lines: where you cut the text out of the path, where you count its bytes,"
        " and where you send it.",
        "Others took one piece of a path that was split at each slash, stripped letters in place"
        " of a prefix, or counted the whole path.",
    ),
)
def returns_the_text(session: Session) -> None:
    word = session.random.word()
    answer = session.get(f"/echo/{word}", ends=False)
    if answer.status == 404:  # perhaps a pattern takes letters only: the failure says so, then
        with suppress(Failure):
            session.get(f"/echo/{ascii_lowercase[: len(word)]}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, word.encode())


@check(
    "The client can tell where the body ends",
    "The client MUST be able to tell where the body ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
)
def end_is_told(session: Session) -> None:
    session.get(f"/echo/{session.random.word()}")


@check(
    "The answer is text/plain",
    "The answer MUST be text/plain, and otherwise agree with the reference server's answer",
    cite="RFC 9110 8.3",
)
def says_text_plain(session: Session) -> None:
    request = session.build("GET", f"/echo/{session.random.word()}")
    expect.alike(session.exchange(request, ends=False), session.reference(request))


@check(
    "Texts of any length come back whole",
    "A server MUST return texts of 1 to 200 characters whole",
    cite="RFC 9110 8.6",
    hint=WHOLE,
)
def any_length(session: Session) -> None:
    for length in (1, session.random.number(20, 150), 200):
        word = session.random.word(length, letters=ascii_letters)
        expect.body(session.get(f"/echo/{word}", ends=False), word.encode())


@check(
    "A text of the letters in /echo/ comes back whole",
    "A server MUST return a text whole even if it is made of the letters in /echo/",
    cite="course: echo",
    hint="strip and lstrip remove characters, not a prefix.",
)
def letters_of_the_prefix(session: Session) -> None:
    word = session.random.choice(["hocoe", "ohce", "cheeho"]) + session.random.word(
        20, letters="echo"
    )
    expect.body(session.get(f"/echo/{word}", ends=False), word.encode())


@check(
    "Each request gets its own text",
    "A server MUST answer each request with its own text, not with an earlier one",
    cite="course: echo",
    hint=OWN,
)
def each_its_own(session: Session) -> None:
    start, end = session.random.word(40), session.random.word(40)
    # of one length and with the same ends: for all keys of a cache
    for letter in session.random.shuffled("abc")[:2]:
        word = start + letter + end
        expect.body(session.get(f"/echo/{word}", ends=False), word.encode())


@check(
    "A header does not select the route",
    "A server MUST take the path from the request line alone, never from a header",
    cite="RFC 9112 3",
    hint=ROUTE,
)
def header_does_not_route(session: Session) -> None:
    word = session.random.word
    for decoy in (
        ("Referer", f"http://{session.host}/echo/{word()}"),
        ("X-Note", f"GET /echo/{word()} HTTP/1.1"),
    ):
        expect.status(session.get(f"/{word()}", headers=[decoy], ends=False), 404)
        expect.status(session.get("/", headers=[decoy], ends=False), 200)


@check(
    "An answer has at most one Content-Length",
    "A server MUST send at most one Content-Length, with a single value",
    cite="RFC 9110 8.6",
    hint=ONE_LENGTH,
)
def single_length(session: Session) -> None:
    for path in (f"/echo/{session.random.word()}", "/", f"/{session.random.word()}"):
        expect.one_length(session.get(path, ends=False))


@check(
    "Undecodable text does not stop the server",
    "A text that cannot be decoded MUST NOT stop the server",
    cite="RFC 3986 2.1",
    hint=SURVIVE,
)
def undecodable_is_survived(session: Session) -> None:
    requests = [session.build("GET", f"/echo/{text}") for text in UNDECODABLE]
    beyond = b"/echo/" + session.random.beyond_ascii(20)
    expect.all_survived(session, [*requests, session.build("GET", beyond)])


@check(
    "No byte follows the body", "A server MUST NOT send a byte after the body", cite="RFC 9112 6.3"
)
def nothing_after(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", f"/echo/{session.random.word()}"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check(
    "Python's requests gets the text",
    "An ordinary client (Python's requests) MUST get the text",
    cite="RFC 9110 3.5",
    hint="Look at what was sent: requests adds headers.",
)
def ordinary_client(session: Session) -> None:
    word = session.random.word()
    with session.requests_client(without=NOT_YET) as client:
        expect.text_of(client.get(session.url(f"/echo/{word}")), word)
