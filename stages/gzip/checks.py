"""Judges *gzip*: the body is compressed for those who ask for it, and for nobody else."""

from grader.author import ADVICE, Response, Session, check, expect

TOKENS = (
    "It is a list: commas, blanks around its items, parameters behind semicolons. A name is a whole"
    " word."
)
ONE_LENGTH = (
    "Set Content-Length once, after compressing. Node's fetch refuses an answer with two lengths."
)
SURVIVE = (
    "Clients send odd lists. Catch the error in the handler of this connection, and send the text"
    " plain."
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


def _ask(
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
    expect.status(answer, 200)
    expect.body(answer, text.encode(), hint="Compress the bytes of the body, and nothing but them.")
    return answer


@check("With Accept-Encoding: gzip, the body MUST be gzip, and say so", cite="RFC 9110 8.4.1.3")
def compresses(session: Session) -> None:
    expect.codings(
        _ask(session, "gzip"), GZIP, "Content-Encoding: gzip tells the client to gunzip."
    )


@check("gzip MUST be found anywhere in the list", cite="RFC 9110 12.5.3")
def among_others(session: Session) -> None:
    word = session.random.word
    for listed in (f"{word()}, gzip", f"gzip, {word()}", f"{word()}, gzip, {word()}"):
        expect.codings(_ask(session, listed), GZIP, TOKENS)


@check("gzip MUST be found in a list without spaces", cite="RFC 9110 5.6.1")
def without_spaces(session: Session) -> None:
    expect.codings(
        _ask(session, f"{session.random.word()},gzip,{session.random.word()}"), GZIP, TOKENS
    )


@check("Content-Length MUST be the length of the compressed body", cite="RFC 9110 8.6")
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


@check("An answer that may be compressed MUST have one Content-Length at most", cite="RFC 9110 8.6")
def single_length(session: Session) -> None:
    path = f"/echo/{session.random.word()}"
    for target, accepted in (
        (path, "gzip"),
        (path, session.random.word()),
        (f"/{session.random.word()}", "gzip"),
    ):
        answer = session.get(target, headers=[("Accept-Encoding", accepted)], ends=False)
        expect.one_length(answer, hint=ONE_LENGTH)


@check("An odd value of Accept-Encoding MUST NOT stop the server", cite="RFC 9110 12.5.3")
def odd_lists_are_survived(session: Session) -> None:
    values = ([("Accept-Encoding", listed)] for listed in ODD)
    asked = [
        session.build("GET", f"/echo/{session.random.word()}", headers=headers)
        for headers in values
    ]
    expect.all_survived(session, asked, hint=SURVIVE)


@check("A compressed body MUST keep its Content-Type", cite="RFC 9110 8.4")
def keeps_the_type(session: Session) -> None:
    expect.media_type(_ask(session, "gzip"), "text/plain")


@check("Without Accept-Encoding the body MUST be plain", cite="RFC 9110 12.5.3")
def plain_unless_asked(session: Session) -> None:
    text, other = session.random.word(40), session.random.word(40)
    # what one client is answered is nothing for another who asks otherwise
    _ask(session, "gzip", text=other)
    for answer in (_ask(session, text=text), _ask(session, text=other)):
        expect.no_header(
            answer,
            "Content-Encoding",
            "the client did not ask for any",
            "Compress only when asked.",
        )
    expect.codings(
        _ask(session, "gzip", text=text),
        GZIP,
        "The answer depends on this request, not on earlier ones.",
    )


@check("With unknown codings only, the body MUST be plain", cite="RFC 9110 12.5.3")
def plain_for_unknown(session: Session) -> None:
    answer = _ask(session, f"{session.random.word()}, {session.random.word()}")
    expect.no_header(
        answer,
        "Content-Encoding",
        "the client knows only other codings",
        "Ignore what you do not know.",
    )


@check("With deflate only, the body MUST be plain or valid deflate", cite="RFC 9110 8.4.1.2")
def deflate_only(session: Session) -> None:
    expect.codings(_ask(session, "deflate"), ("identity", "deflate"), TOKENS)


@check(
    "Accept-Encoding SHOULD be found whatever the case of its name",
    cite="RFC 9110 5.1",
    level=ADVICE,
)
def any_case(session: Session) -> None:
    for name in ("accept-encoding", "ACCEPT-ENCODING"):
        expect.codings(_ask(session, "gzip", name=name), GZIP, "Header names ignore case.")


@check("gzip;q=0 SHOULD be read as a refusal", cite="RFC 9110 12.4.2", level=ADVICE)
def refused(session: Session) -> None:
    for refusal in (
        "gzip;q=0",
        "gzip;q=0.0",
        "gzip; q=0",
        "gzip;\tq=0",
        "deflate;q=0, gzip;q=0.000",
    ):
        expect.codings(_ask(session, refusal), PLAIN, "q=0 means: not this one.")


@check("A word that only contains gzip SHOULD NOT count", cite="RFC 9110 8.4.1", level=ADVICE)
def look_alikes(session: Session) -> None:
    for listed in ("notgzip", "x-gzip2", "gzipped, br2"):
        expect.codings(_ask(session, listed), PLAIN, TOKENS)


@check(
    "gzip in another header or in the path SHOULD NOT count", cite="RFC 9110 12.5.3", level=ADVICE
)
def elsewhere(session: Session) -> None:
    for note, prefix in (("Accept-Encoding: gzip", ""), ("", "gzip")):
        expect.codings(
            _ask(session, "identity", note=note, prefix=prefix),
            PLAIN,
            "Look at the one header's value.",
        )


@check("GZIP in capitals SHOULD count", cite="RFC 9110 8.4.1", level=ADVICE)
def capitals(session: Session) -> None:
    expect.codings(_ask(session, "GZIP"), GZIP, "The names of codings ignore case.")


@check("gzip with a positive q SHOULD count", cite="RFC 9110 12.4.2", level=ADVICE)
def with_a_weight(session: Session) -> None:
    for listed in (
        "gzip;q=1.0",
        "deflate;q=0.5, gzip;q=1.0",
        "gzip; q=0.8",
        "br, \tgzip\t;q=0.8",
        "gzip;q=0.001",
    ):
        expect.codings(_ask(session, listed), GZIP, TOKENS)


@check("The coding with the highest q SHOULD be chosen", cite="RFC 9110 12.5.3", level=ADVICE)
def highest_weight(session: Session) -> None:
    for listed in ("identity;q=1.0, gzip;q=0.1", "identity;q=0.52, gzip;q=0.51"):
        expect.codings(_ask(session, listed), PLAIN, "The client prefers the larger q.")


@check("* and identity in the list SHOULD be read as codings", cite="RFC 9110 12.5.3", level=ADVICE)
def star_and_identity(session: Session) -> None:
    if (
        _ask(session, f"{session.random.word()}, gzip").content_coding != GZIP
        or _ask(session).content_coding
    ):
        return  # among_others and plain_unless_asked tell that
    for listed in ("identity, *;q=0", "*;q=0, identity;q=0.5"):
        expect.codings(
            _ask(session, listed), PLAIN, "* stands for every coding that the list does not name."
        )
    for listed in ("gzip, *;q=0", "*;q=0, gzip", "identity;q=0, gzip"):
        expect.codings(
            _ask(session, listed), GZIP, "identity is the body as it is, and may be refused, too."
        )


@check(
    "An answer that depends on Accept-Encoding SHOULD say Vary: Accept-Encoding",
    cite="RFC 9110 12.5.5",
    level=ADVICE,
)
def says_vary(session: Session) -> None:
    answer = _ask(session, "gzip")
    expect.contains(
        expect.header(answer, "Vary", "Caches rely on it.").lower(), "accept-encoding", "Vary"
    )


@check(
    "A 404 SHOULD stay a valid answer for a client that accepts gzip",
    cite="RFC 9110 8.4",
    level=ADVICE,
)
def valid_404(session: Session) -> None:
    answer = session.get(
        f"/{session.random.word()}", headers=[("Accept-Encoding", "gzip")], ends=False
    )
    expect.status(answer, 404)
    expect.decoded(answer)
