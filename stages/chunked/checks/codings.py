"""The codings: chunked in any case, once and last. Every other list is rejected."""

from grader.author import ADVICE, Session, check, expect

from . import CHUNKED, LAST, REFUSALS, chunk, refuse, store, upload

NO_END = (
    "Join all Transfer-Encoding lines to one list. If its last item is not chunked,"
    " answer 400 and close the connection."
)

STRIP = (
    "Strip only spaces and tabs around an item, in Python with strip(' \\t'): strip() alone also"
    " removes \\v and \\f, which belong to the name here."
)
JOIN = (
    "Several Transfer-Encoding lines are one list: join them with commas, in their order, before"
    " you look at its items."
)


def _without_an_end(session: Session) -> list[tuple[str, ...]]:
    """Codings of which the last one is not chunked: a tuple for each request, a line for each."""
    word = session.random.word()
    alone = (
        "identity",
        "xchunked",
        "gzip",
        f"x-{word}",
        "chunked, gzip",
        f"chunked, x-{word}",
        f"chunked;{word}=1",
    )
    apart = (("chunked", "gzip"), ("chunked", f"x-{word}"), ("chunked", "identity"))
    return [*((coding,) for coding in (*alone, "\vchunked", "chunked\f")), *apart]


@check(
    "The name chunked ignores case",
    "A server MUST accept the name chunked in any case",
    cite="RFC 9112 7",
    hint="Compare the name of a transfer coding case-insensitively.",
)
def name_in_any_case(session: Session) -> None:
    word = session.random.word().encode()
    store(
        session,
        chunk(word) + LAST,
        word,
        coding="Chunked",
    )


@check(
    "A last coding other than chunked is rejected",
    "A server MUST reject a request whose last transfer coding is not chunked",
    cite="RFC 9112 6.3",
    hint=NO_END,
)
def chunked_is_not_last(session: Session) -> None:
    for codings in _without_an_end(session):
        name = session.random.name()
        hidden = session.build("GET", f"/echo/{session.random.word()}").to_bytes()
        connection = session.connect()
        connection.ask(upload(session, name, chunk(b"apple") + LAST + hidden, *codings))
        hint = STRIP if codings[0].strip("\v\f") != codings[0] else None
        if expect.refused_or_closed(connection, 400, 501, hint=hint) is not None:
            expect.closes(connection, "after a body without a known end", "RFC 9112 6.3")
            expect.no_second_answer(connection, "the body")
        expect.not_written(session.files, name)
        connection.close()


@check(
    "A last coding other than chunked gets 400",
    "A server MUST answer with 400 when the last transfer coding is not chunked",
    cite="RFC 9112 6.3",
    hint="Answer 400 when chunked is not last. 501 is for an unknown coding before it.",
    level=ADVICE,
)
def says_400(session: Session) -> None:
    for codings in _without_an_end(session):
        connection = session.connect()
        connection.ask(upload(session, session.random.name(), chunk(b"apple") + LAST, *codings))
        answer = expect.answered_or_closed(connection)
        connection.close()
        # whether it is refused at all is another question
        if answer is not None and answer.status >= 400:
            expect.status(answer, 400)


@check(
    "An unknown transfer coding is rejected",
    "A server SHOULD reject a transfer coding that it does not know, or chunked twice",
    cite="RFC 9112 6.1",
    hint="If you cannot decode a body, reject it, and do not write the file.",
    level=ADVICE,
)
def unknown_coding(session: Session) -> None:
    word = session.random.word()
    for codings in (
        (f"x-{word}, chunked",),
        (f"x-{word}", "chunked"),
        ("chunked, chunked",),
        ("chunked", "chunked"),
    ):
        refuse(
            session,
            chunk(word.encode()) + LAST,
            *codings,
            hint=JOIN if len(codings) > 1 else None,
        )


@check(
    "Chunks from HTTP/1.0 close the connection",
    "A server MUST close the connection after chunks from an HTTP/1.0 client",
    cite="RFC 9112 6.1",
    hint="HTTP/1.0 has no chunks: reject them, or store them and close the connection.",
    level=ADVICE,
)
def closes_after_1_0(session: Session) -> None:
    connection = session.connect()
    name = session.random.name()
    word = session.random.word().encode()
    headers, body = [CHUNKED, ("Connection", "keep-alive")], chunk(word) + LAST
    connection.ask(session.build("GET", "/"))
    if connection.read(ends=False).wants_close:
        connection = session.connect()
    connection.ask(
        session.build("POST", f"/files/{name}", headers=headers, body=body, version="HTTP/1.0")
    )
    answer = connection.read("POST", ends=False)
    expect.status(answer, 201, *REFUSALS)
    expect.closes(connection, "after chunks in a request of HTTP/1.0", "RFC 9112 6.1")
