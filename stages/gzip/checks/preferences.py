"""What else a list of codings can say, and what the answer says about it."""

from grader.author import ADVICE, Session, check, expect

from . import GZIP, PLAIN, TOKENS, ask

TABS = "Strip tabs too, not only spaces, before and after each comma and semicolon."
SPACES = "Strip the spaces before and after each comma and semicolon: here one stands before q."
DIGITS = "A q has up to three digits after the point: compare all of them, and do not round."


@check(
    "Accept-Encoding is found in any case",
    "A server SHOULD find Accept-Encoding whatever the case of its name",
    cite="RFC 9110 5.1",
    hint="Header names are case-insensitive.",
    level=ADVICE,
)
def any_case(session: Session) -> None:
    for name in ("accept-encoding", "ACCEPT-ENCODING"):
        expect.codings(ask(session, "gzip", name=name), GZIP)


@check(
    "A weight of 0 refuses gzip",
    "A server SHOULD read gzip;q=0 as a refusal",
    cite="RFC 9110 12.4.2",
    hint='q=0 means "not this one": do not compress.',
    level=ADVICE,
)
def refused(session: Session) -> None:
    for refusal, hint in (
        ("gzip;q=0", None),
        ("gzip;q=0.0", "Read q as a number: 0.0 is 0."),
        ("gzip; q=0", SPACES),
        ("gzip;\tq=0", TABS),
        ("deflate;q=0, gzip;q=0.000", None),
    ):
        expect.codings(ask(session, refusal), PLAIN, hint)


@check(
    "A word that only contains gzip does not count",
    "A server SHOULD NOT take a word that only contains gzip for gzip",
    cite="RFC 9110 8.4.1",
    hint=TOKENS,
    level=ADVICE,
)
def look_alikes(session: Session) -> None:
    for listed in ("notgzip", "x-gzip2", "gzipped, br2"):
        expect.codings(ask(session, listed), PLAIN)


@check(
    "Gzip outside Accept-Encoding does not count",
    "A server SHOULD ignore gzip in another header or in the path",
    cite="RFC 9110 12.5.3",
    hint="Look only at the value of Accept-Encoding.",
    level=ADVICE,
)
def elsewhere(session: Session) -> None:
    for note, prefix in (("Accept-Encoding: gzip", ""), ("", "gzip")):
        expect.codings(ask(session, "identity", note=note, prefix=prefix), PLAIN)


@check(
    "Gzip in capitals counts",
    "A server SHOULD take GZIP in capitals for gzip",
    cite="RFC 9110 8.4.1",
    hint="Compare the names of codings case-insensitively.",
    level=ADVICE,
)
def capitals(session: Session) -> None:
    expect.codings(ask(session, "GZIP"), GZIP)


@check(
    "Gzip with a positive weight counts",
    "A server SHOULD accept gzip with a positive q",
    cite="RFC 9110 12.4.2",
    hint=TOKENS,
    level=ADVICE,
)
def with_a_weight(session: Session) -> None:
    for listed, hint in (
        ("gzip;q=1.0", None),
        ("deflate;q=0.5, gzip;q=1.0", None),
        ("gzip; q=0.8", None),
        ("br, \tgzip\t;q=0.8", TABS),
        ("gzip;q=0.001", DIGITS),
    ):
        expect.codings(ask(session, listed), GZIP, hint)


@check(
    "The highest weight wins",
    "A server SHOULD choose the coding with the highest q",
    cite="RFC 9110 12.5.3",
    hint="Choose the coding with the highest q: the client prefers it.",
    level=ADVICE,
)
def highest_weight(session: Session) -> None:
    for listed, hint in (
        ("identity;q=1.0, gzip;q=0.1", None),
        ("identity;q=0.52, gzip;q=0.51", DIGITS),
    ):
        expect.codings(ask(session, listed), PLAIN, hint)


@check(
    "The list may name * and identity",
    "A server SHOULD read * and identity in the list as codings",
    cite="RFC 9110 12.5.3",
    level=ADVICE,
)
def star_and_identity(session: Session) -> None:
    if (
        ask(session, f"{session.random.word()}, gzip").content_coding != GZIP
        or ask(session).content_coding
    ):
        return  # among_others and plain_unless_asked tell that
    for listed in ("identity, *;q=0", "*;q=0, identity;q=0.5"):
        expect.codings(
            ask(session, listed),
            PLAIN,
            "Read * as every coding that the list does not name, with the q of *.",
        )
    for listed in ("gzip, *;q=0", "*;q=0, gzip", "identity;q=0, gzip"):
        expect.codings(
            ask(session, listed),
            GZIP,
            "Compress: the list names gzip. A rejected * or identity (q=0) does not reject gzip.",
        )


@check(
    "Vary names Accept-Encoding",
    "An answer that depends on Accept-Encoding SHOULD say Vary: Accept-Encoding",
    cite="RFC 9110 12.5.5",
    hint=(
        "Send Vary: Accept-Encoding, so that a cache does not give a compressed answer to"
        " every client."
    ),
    level=ADVICE,
)
def says_vary(session: Session) -> None:
    answer = ask(session, "gzip")
    expect.contains(
        expect.header(answer, "Vary").lower(),
        "accept-encoding",
        "Vary",
    )


@check(
    "A 404 stays valid for a client that accepts gzip",
    "A server SHOULD send a valid 404 to a client that accepts gzip",
    cite="RFC 9110 8.4",
    level=ADVICE,
)
def valid_404(session: Session) -> None:
    answer = session.get(
        f"/{session.random.word()}", headers=[("Accept-Encoding", "gzip")], ends=False
    )
    expect.status(answer, 404)
    expect.decoded(answer)
