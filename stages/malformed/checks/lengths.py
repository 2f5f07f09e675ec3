"""How long the body is: invalid lengths, lengths that differ, headers that look like one, and
Transfer-Encoding."""

from grader.author import ADVICE, Failure, Session, check, expect

from . import CHUNKS, CLOSE, LENGTH, answer_to, head, sent, stores

DIGITS = (
    "Check that each byte of the length is a digit from 0 to 9 before you call int(),"
    " which accepts more. Else answer 400."
)
ONE_DIGIT = "An empty length is not 0: check that there is at least one digit. Else answer 400."
STRIP = (
    "Strip only spaces and tabs around the value, in Python with strip(' \\t'): strip() alone and"
    " int() also take \\v, \\f, \\x85 and \\xa0 for spaces. Then check each digit."
)
COMPARE = "Collect all lengths, from every line and every list. If they differ, answer 400."
WHOLE = (
    "Split each header line at its first colon, and compare the whole name: - and _"
    " differ. Look for a length nowhere else."
)
ZEROS = "\u0660\u0966\uff10"  # of Arabic, of Devanagari, and as wide as a Chinese character


def _post(session: Session, length: str | bytes, body: bytes) -> bytes:
    headers = [("Content-Length", length)]
    return session.build(
        "POST", f"/files/{session.random.name()}", headers=headers, body=body
    ).to_bytes()


def _both(session: Session, name: str, chunk: str) -> bytes:
    body = f"{len(chunk):x}\r\n{chunk}\r\n0\r\n\r\n".encode()
    headers = [("Transfer-Encoding", "chunked"), ("Content-Length", str(len(body)))]
    return session.build("POST", f"/files/{name}", headers=headers, body=body).to_bytes()


@check(
    "Different lengths get 400",
    "A server MUST answer Content-Length values that differ with 400, on one line too",
    cite="RFC 9112 6.3",
    hint=COMPARE,
)
def two_lengths(session: Session) -> None:
    one, other = session.random.shuffled(["10", str(session.random.number(1, 9))])
    apart = [
        f"Content-Length: {one}",
        f"X-Note: {session.random.word()}",
        f"content-length: {other}",
    ]
    for lines in (
        apart,
        [f"Content-Length: {one}, {other}"],
        [f"Content-Length: {one},{one},{other}"],
    ):
        start = f"POST /files/{session.random.name()} HTTP/1.1"
        answer = answer_to(
            session, head(session, *lines, start=start) + session.random.word(10).encode()
        )
        expect.status(answer, 400)


@check(
    "A length of anything but digits gets 400",
    "A server MUST answer a Content-Length that is not only digits with 400",
    cite="RFC 9112 6.3",
    hint=DIGITS,
)
def length_in_digits(session: Session) -> None:
    random, size = session.random, session.random.number(11, 29)
    word, (tens, ones), zero = (
        random.word(letters="ghjklmnpqrstvwxyz"),
        divmod(size, 10),
        ord(random.choice(ZEROS)),
    )
    written = (
        f"-{size}",
        f"+{size}",
        f"{tens}_{ones}",
        f"{tens} {ones}",
        f"{size}.0",
        f"{size}x",
        f"{size}e0",
    )
    blanks = (
        random.choice("\v\f") + str(size),
        str(size) + random.choice("\v\f"),
        f"{size}\xa0",
        f"\x85{size}",
    )
    others = (random.choice("¹²³"), f"{tens}²", f"{chr(zero + tens)}{chr(zero + ones)}".encode())
    for length in (word, hex(size), *written, *blanks, *others):
        answer = answer_to(session, _post(session, length, b"x" * size))
        expect.status(answer, 400, hint=STRIP if length in blanks else None)


@check(
    "An invalid length closes the connection",
    "A server MUST close the connection after an invalid Content-Length",
    cite="RFC 9112 6.3",
    hint=CLOSE,
)
def closes_after_a_bad_length(session: Session) -> None:
    hidden = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
    for length in ("-1", f"0, {len(hidden)}", "²"):
        try:
            connection, answer = sent(session, _post(session, length, hidden))
        except Failure:
            continue  # length_in_digits and two_lengths tell that, and when it is not refused
        if answer.status >= 400:
            expect.closes(
                connection, "although the start of the next request is unknown", "RFC 9112 6.3"
            )
        connection.close()


@check(
    "Only the real headers set the length",
    "A server MUST take a body's length from Content-Length and Transfer-Encoding only",
    cite="RFC 9112 6.3",
    hint=WHOLE,
)
def decoys(session: Session) -> None:
    for framing in (LENGTH, CHUNKS):
        names = (
            f"X-{framing}",
            f"X-Note: {framing}",
            framing.replace("-", "_"),
            framing.replace(":", "-X:"),
        )
        for decoy in session.random.shuffled(names):
            for after in (False, True):
                stores(session, decoy, refusable=False, after=after)
    for target, line in (
        ("/", f"X-{LENGTH}"),
        ("/", f"X-Note: {LENGTH}"),
        ("/?Content-Length:3", "X-Note: 3"),
    ):
        expect.answered(answer_to(session, head(session, line, start=f"GET {target} HTTP/1.1")))


@check(
    "Transfer-Encoding overrides Content-Length",
    "A server MUST NOT use the Content-Length of a request with Transfer-Encoding",
    cite="RFC 9112 6.3",
    hint="Read the chunks and ignore Content-Length, or answer 400.",
)
def chunks_win(session: Session) -> None:
    name, word = session.random.name(), session.random.word()
    answer = answer_to(session, _both(session, name, word))
    if answer.status < 400:
        expect.stored(session, name, word.encode())


@check(
    "Both framing headers close the connection",
    "A server MUST close the connection after Content-Length with Transfer-Encoding",
    cite="RFC 9112 6.1",
    hint="A request with both may hide another one: close the connection after the answer.",
)
def closes_after_both(session: Session) -> None:
    connection, _ = sent(session, _both(session, session.random.name(), session.random.word()))
    expect.closes(
        connection, "after a request with Transfer-Encoding and Content-Length", "RFC 9112 6.1"
    )


@check(
    "An empty Content-Length is rejected",
    "A server SHOULD reject an empty Content-Length",
    cite="RFC 9110 8.6",
    hint=ONE_DIGIT,
    level=ADVICE,
)
def empty_length(session: Session) -> None:
    for length in ("", " \t"):
        expect.refused(answer_to(session, _post(session, length, b"")), 400)
