"""Judges *gzip*: the body is compressed for a client that accepts gzip, and for no other."""

from grader.author import Response, Session, check, expect

TOKENS = (
    "Split the list at its commas, cut each item at its semicolon, and strip spaces and"
    " tabs. Then compare the whole name.",
    "Look where you read Accept-Encoding: compare each item of the list, not the whole value.",
    "Others compared the whole value with gzip, split it at a comma and a space, or searched for"
    " the letters gzip.",
)
ONE_LENGTH = (
    "Set Content-Length once, after compressing. Node's fetch rejects an answer with two lengths."
)
EXACTLY = (
    "Compress exactly the bytes of the body, and nothing else.",
    "Look at what you give to the compressor, and at what you send after it.",
    "Others compressed the head too, added a line end, or sent a bytes object as text (b'...').",
)
ANSWER = "Answer 200 to every list: send the text uncompressed if you know no coding in it."
SURVIVE = (
    "Clients send odd lists: catch the error in the handler of this connection, and send"
    " the text uncompressed.",
    "Look where you read a weight: it may be empty or no number, and an item may have no name.",
    "Others converted q to a number, or took the second part of an item, without a check.",
)
ODD = (
    "",
    ",",
    ";",
    ", ,",
    "gzip;",
    "gzip;q",
    "gzip;q=",
    "gzip;q=high",
    "gzip;q=1;q=0",
    ";q=1",
    "gzip;q=-1",
    "gzip;q=nan",
    "=",
)
GZIP, PLAIN = ("gzip",), ("identity",)


def ask(
    session: Session,
    *accepted: str,
    name: str = "Accept-Encoding",
    note: str = "",
    prefix: str = "",
    text: str = "",
) -> Response:
    """The answer to /echo/{text}, whose decoded body must be the text; `note` is the value of
    another header."""
    text = text or prefix + session.random.word(40)
    headers = [("X-Note", note)] * bool(note) + [(name, value) for value in accepted]
    answer = session.get(f"/echo/{text}", headers=headers, ends=False)
    expect.status(answer, 200, hint=ANSWER)
    expect.body(answer, text.encode(), hint=EXACTLY)
    return answer


@check(
    "Accept-Encoding: gzip gets a gzip body",
    "A server MUST compress the body, and say so, when the client sends Accept-Encoding: gzip",
    cite="RFC 9110 8.4.1.3",
    hint=(
        "Compress the body, and send Content-Encoding: gzip: it tells the client to decompress.",
        "Look where you build the answer to /echo/: read Accept-Encoding there, and compress before"
        " you write the head.",
        "Others sent the header without compressing, compressed without the header, or used zlib's"
        " own format, which is deflate.",
    ),
)
def compresses(session: Session) -> None:
    expect.codings(ask(session, "gzip"), GZIP)


@check(
    "Gzip is found anywhere in the list",
    "A server MUST find gzip anywhere in the list of codings",
    cite="RFC 9110 12.5.3",
    hint=TOKENS,
)
def among_others(session: Session) -> None:
    word = session.random.word
    for listed in (f"{word()}, gzip", f"gzip, {word()}", f"{word()}, gzip, {word()}"):
        expect.codings(ask(session, listed), GZIP)


@check(
    "Gzip is found in a list without spaces",
    "A server MUST find gzip in a list without spaces",
    cite="RFC 9110 5.6.1",
    hint=TOKENS,
)
def without_spaces(session: Session) -> None:
    expect.codings(ask(session, f"{session.random.word()},gzip,{session.random.word()}"), GZIP)


@check(
    "Content-Length counts the compressed body",
    "Content-Length MUST be the length of the compressed body",
    cite="RFC 9110 8.6",
    hint=(
        "Compress the body first, then count its bytes for Content-Length.",
        "Look at what you count: it has to be the bytes that you send.",
        "Others counted the text before they compressed it, or wrote the head first.",
    ),
)
def length_is_compressed(session: Session) -> None:
    connection = session.connect()
    connection.ask(
        session.build(
            "GET", f"/echo/{session.random.word()}", headers=[("Accept-Encoding", "gzip")]
        )
    )
    answer = connection.read(ends=False)
    expect.nothing_more(connection)
    expect.decoded(answer)


@check(
    "An answer has at most one Content-Length",
    "A server MUST send at most one Content-Length, compressed or not",
    cite="RFC 9110 8.6",
    hint=ONE_LENGTH,
)
def single_length(session: Session) -> None:
    path = f"/echo/{session.random.word()}"
    for target, accepted in (
        (path, "gzip"),
        (path, session.random.word()),
        (f"/{session.random.word()}", "gzip"),
    ):
        answer = session.get(target, headers=[("Accept-Encoding", accepted)], ends=False)
        expect.one_length(answer)


@check(
    "Odd lists do not stop the server",
    "An odd value of Accept-Encoding MUST NOT stop the server",
    cite="RFC 9110 12.5.3",
    hint=SURVIVE,
)
def odd_lists_are_survived(session: Session) -> None:
    values = ([("Accept-Encoding", listed)] for listed in ODD)
    asked = [
        session.build("GET", f"/echo/{session.random.word()}", headers=headers)
        for headers in values
    ]
    expect.all_survived(session, asked)


@check(
    "A compressed body keeps its Content-Type",
    "A server MUST keep the Content-Type when it compresses a body",
    cite="RFC 9110 8.4",
)
def keeps_the_type(session: Session) -> None:
    expect.media_type(ask(session, "gzip"), "text/plain")
