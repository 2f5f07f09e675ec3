"""Judges *malformed*: what is not HTTP is refused in words, what only looks odd is served, and the server lives on."""

import re

from grader import expect
from grader.check import ADVICE, check
from grader.client import Connection
from grader.failure import Failure, Kind
from grader.session import Session
from grader.wire import Response

RAISED = "Your handler probably raised. Catch that where you read requests: answer 400, and then close."
WORDS = "Look at the whole first line before you use any of its words: there are three, and the last is HTTP/1.1."
DIGITS = "A length is digits and nothing else. Look at the text before you make a number of it: int() is generous."
BLANK = "A name has no blank in it. If you strip it, you see a header that a proxy in front of you did not see."
HOST = "An HTTP/1.1 request has exactly one Host. Look for it once the head is read, before any route."


def _head(session: Session, *lines: str, start: str = "GET / HTTP/1.1") -> bytes:
    return "\r\n".join((start, f"Host: {session.host}", *lines, "", "")).encode("latin-1")


def _post(session: Session, *lengths: str, body: bytes) -> bytes:
    headers = [("Content-Length", length) for length in lengths]
    return session.build("POST", f"/files/{session.random.name()}", headers=headers, body=body).to_bytes()


def _both(session: Session, name: str, chunk: str) -> bytes:
    body = f"{len(chunk):x}\r\n{chunk}\r\n0\r\n\r\n".encode()
    headers = [("Transfer-Encoding", "chunked"), ("Content-Length", str(len(body)))]
    return session.build("POST", f"/files/{name}", headers=headers, body=body).to_bytes()


def _no_requests(session: Session) -> list[bytes]:
    word = session.random.word()
    starts = (word, f"GET {word}", f"GET /echo/{word} {word} HTTP/1.1", f"GET echo/{word} HTTP/1.1")
    return [*(_head(session, start=start) for start in starts), _head(session, word)]


def _sent(session: Session, data: bytes) -> tuple[Connection, Response]:
    connection = session.connect()
    connection.send(data)
    try:
        return connection, connection.read("GET")
    except Failure as failure:
        if failure.kind is Kind.CLOSED:
            failure.hint = RAISED
        raise


def _answer(session: Session, data: bytes) -> Response:
    return _sent(session, data)[1]


def _refused_or_reads(session: Session, data: bytes, wanted: str, problem: str, hint: str) -> None:
    """Answered by an error, or by a body that the pattern `wanted` matches."""
    answer = _answer(session, data)
    if answer.status < 400 and not re.fullmatch(wanted.encode(), body := expect.decoded(answer)):
        raise Failure(Kind.MISMATCH, problem, expected="status 400", actual=answer.head + body, hint=hint)


@check("A request that looks unusual and is legal MUST be answered as always", cite="RFC 9110 5.6.2")
def unusual_but_legal(session: Session) -> None:
    word = session.random.word()
    odd = ("X-Empty:", '!#$%&\'*+-.^_`|~9: a : "b", c', f"uSER-aGENT:{word}", "Accept: */*", "accept: text/plain")
    answer = _answer(session, _head(session, *odd, start="GET /user-agent HTTP/1.1"))
    expect.status(answer, 200, hint="A name is made of letters, digits and !#$%&'*+-.^_`|~; a value may be empty.")
    expect.body(answer, word.encode())


@check("What is no request line, be it a word or bytes, MUST be answered by an error", cite="RFC 9112 2.2")
def garbage(session: Session) -> None:
    word, noise = session.random.word().encode(), bytes(byte | 0x80 for byte in session.random.blob(20))
    for start in (word, noise[:8] + b" " + noise[8:14] + b" " + noise[14:]):
        expect.refused(_answer(session, start + b"\r\n\r\n"), 400, hint=WORDS)


@check("A request line of two words MUST be answered by an error", cite="RFC 9112 3")
def two_words(session: Session) -> None:
    for start in ("GET HTTP/1.1", f"GET {session.random.word()}"):
        expect.refused(_answer(session, _head(session, start=start)), 400, hint=WORDS)


@check("A header line without a colon MUST NOT go unanswered", cite="RFC 9112 2.2")
def line_without_colon(session: Session) -> None:
    expect.answered(_answer(session, _head(session, session.random.word())))


@check("An HTTP/1.1 request without Host MUST be answered 400", cite="RFC 9112 3.2")
def no_host(session: Session) -> None:
    expect.status(_answer(session, f"GET / HTTP/1.1\r\nX-Host: {session.host}\r\n\r\n".encode()), 400, hint=HOST)


@check("A request with two Host lines MUST be answered 400", cite="RFC 9112 3.2")
def two_hosts(session: Session) -> None:
    for other in (session.random.word(), session.host):
        expect.status(_answer(session, _head(session, f"host: {other}")), 400, hint=HOST)


@check("A blank between a header's name and its colon MUST be answered 400", cite="RFC 9112 5.1")
def blank_before_colon(session: Session) -> None:
    expect.status(_answer(session, _head(session, f"X-Note : {session.random.word()}")), 400, hint=BLANK)


@check("A folded header line MUST be answered 400, or joined to the line before it", cite="RFC 9112 5.2")
def folded_line(session: Session) -> None:
    one, other = session.random.word(), f"X-{session.random.word()}: 1"
    data = _head(session, f"User-Agent: {one}", f" {other}", start="GET /user-agent HTTP/1.1")
    problem = "the line that begins with a blank was neither refused nor joined to the one before it"
    _refused_or_reads(session, data, rf"{one}[ \t]+{other}", problem, "It is no header: it continues the value above.")


@check("NUL and CR in a value MUST be answered by an error, or replaced by spaces", cite="RFC 9110 5.5")
def controls_in_a_value(session: Session) -> None:
    for control in "\0\r":
        one, other = session.random.word(), session.random.word()
        data = _head(session, f"User-Agent: {one}{control}{other}", start="GET /user-agent HTTP/1.1")
        problem = "a control character in a value was neither refused nor replaced by a space"
        _refused_or_reads(session, data, f"{one} {other}", problem, "Elsewhere a text ends there, or a line.")


@check("Two lengths that differ MUST be answered 400", cite="RFC 9112 6.3")
def two_lengths(session: Session) -> None:
    body = session.random.word().encode()
    answer = _answer(session, _post(session, str(len(body)), str(len(body) - 3), body=body))
    expect.status(answer, 400, hint="A dictionary keeps one value for each name: compare before you store.")


@check("A Content-Length that is not digits alone MUST be answered 400", cite="RFC 9112 6.3")
def length_in_digits(session: Session) -> None:
    word, size = session.random.word(letters="ghjklmnpqrstvwxyz"), session.random.number(10, 99)
    for length in (word, f"-{size}", f"+{size}", f"{size // 10}_{size % 10}", f"{size}.0", f"{size}x", hex(size)):
        expect.status(_answer(session, _post(session, length, body=b"x" * size)), 400, hint=DIGITS)


@check("After a length that is none, the connection MUST be closed", cite="RFC 9112 6.3")
def closes_after_a_bad_length(session: Session) -> None:
    hidden = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    connection, _ = _sent(session, _post(session, "-1", body=hidden))
    expect.closes(connection, "although nobody can know where the next request begins", "RFC 9112 6.3")


@check("Content-Length MUST NOT frame a body that has Transfer-Encoding", cite="RFC 9112 6.3")
def chunks_win(session: Session) -> None:
    name, word = session.random.name(), session.random.word()
    answer = _answer(session, _both(session, name, word))
    if answer.status < 400:
        expect.stored(session.files, name, word.encode(), "Refuse it, or read the chunks: they override the length.")


@check("After a request with both, the connection MUST be closed", cite="RFC 9112 6.1")
def closes_after_both(session: Session) -> None:
    connection, _ = _sent(session, _both(session, session.random.name(), session.random.word()))
    expect.closes(connection, "after a request with Transfer-Encoding and Content-Length", "RFC 9112 6.1")


@check("Whatever came, other clients MUST still be served", cite="course: malformed")
def lives_on(session: Session) -> None:
    tls, half = b"\x16\x03\x01\x02\x00\x01\x00", _head(session)[:-9]
    for data in (*_no_requests(session), tls, half, half, _post(session, "-1", body=b""), b"\0" * 20):
        connection = session.connect()
        connection.send(data)
        connection.until_read()
        connection.close()
        expect.running(session)
    try:
        expect.status(session.get("/"), 200)
    except Failure as failure:
        failure.hint = "Each of these clients has left. Give back what you hold for a client, however it goes."
        raise


@check("What breaks the grammar SHOULD be answered 400, not guessed at", cite="RFC 9112 3", level=ADVICE)
def says_400(session: Session) -> None:
    for data in _no_requests(session):
        try:
            answer = _answer(session, data)
        except Failure:
            continue  # garbage, two_words and line_without_colon tell that
        expect.status(answer, 400, 301, hint="400 says that the request is at fault, not your server and not a path.")


@check("A version that is not HTTP/1, or none, SHOULD be answered by an error", cite="RFC 9110 15.6.6", level=ADVICE)
def other_version(session: Session) -> None:
    for version in (f" HTTP/{session.random.number(4, 9)}.0", " HTTP/1.1x", f" {session.random.word()}", ""):
        answer = _answer(session, _head(session, start=f"GET /{version}"))
        expect.refused(answer, 505, 400, hint="You cannot know how a message of another version is written.")


@check("After what breaks the grammar, the connection SHOULD be closed", cite="RFC 9112 2.2", level=ADVICE)
def closes_after_garbage(session: Session) -> None:
    try:
        connection, _ = _sent(session, _head(session, start=f"GET {session.random.word()}"))
    except Failure:
        return  # two_words tells that
    expect.closes(connection, "after a line that is no request line", "RFC 9112 2.2")


@check("Every version HTTP/1 SHOULD be served: 1.0 without Host, 1.2 and later", cite="RFC 9110 2.5", level=ADVICE)
def other_minor_version(session: Session) -> None:
    later = [_head(session, start=f"GET / HTTP/1.{minor}") for minor in (session.random.number(2, 8), 9)]
    for data in (b"GET / HTTP/1.0\r\n\r\n", *later):
        expect.status(_answer(session, data), 200, hint="The digit before the point tells how a message is written.")


@check("A target that is a whole URL MUST be accepted", cite="RFC 9112 3.2.2", level=ADVICE)
def whole_url(session: Session) -> None:
    word, hint = session.random.word(), "Leave out http:// and the host, and route by what is left; nothing means /."
    for path, wanted in ((f"/echo/{word}", word), (f"/echo/{word}?a=1", word), ("", None), (f"?{word}", None)):
        answer = _answer(session, _head(session, start=f"GET http://{session.host}{path} HTTP/1.1"))
        expect.status(answer, 200, hint=hint)
        if wanted:
            expect.body(answer, wanted.encode(), hint=hint)


@check("Whatever name and port the client knows the server by, it SHOULD be served", cite="RFC 9110 7.2", level=ADVICE)
def any_host(session: Session) -> None:
    for host in (f"A.{session.random.word()}.example:8090", "[::1]:8090", ""):
        data = f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        expect.status(_answer(session, data), 200, hint="There is one site here, and it has many names.")


@check("A Host that is no host and port MUST be answered 400", cite="RFC 9112 3.2", level=ADVICE)
def host_is_none(session: Session) -> None:
    for host in (f"{session.random.word()} {session.random.word()}", f"{session.random.word()}/"):
        data = f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        expect.status(_answer(session, data), 400, hint="A host has neither blanks nor slashes in it.")
