"""Texts and paths that are less ordinary, and what a server should make of them."""

from urllib.parse import quote

from grader.author import ADVICE, Kind, Session, check, expect

from . import ROUTE, SURVIVE, UNDECODABLE

SAFE_TEXTS = ("a b", "a  b", "é", "%41", "a#b", "a?b", "a&b", "a=b", "a+b", 'a"b', "a\\b", "a<b")
CONTROLS = ("a\0b", "a\r\nb", "a\nb")  # some refuse to decode them


@check(
    "A text with slashes comes back whole",
    "A server SHOULD return a text with slashes whole",
    cite="course: echo",
    hint="Remove the prefix /echo/ once: the rest is the text, slashes included.",
    level=ADVICE,
)
def slashes(session: Session) -> None:
    word = session.random.word
    for text in (
        f"{word(6)}/{word(6)}/{word(6)}",
        f"{word(6)}//{word(6)}",
        f"{word(6)}/",
        f"/{word(7)}",
    ):
        answer = session.get(f"/echo/{text}", ends=False)
        expect.body(answer, text.encode())


@check(
    "Undecodable text is answered",
    "A server SHOULD answer a request whose text cannot be decoded",
    cite="RFC 9110 15.5.1",
    hint=SURVIVE,
    level=ADVICE,
)
def undecodable_is_answered(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT):
        for text in (*(text.encode() for text in UNDECODABLE), session.random.beyond_ascii(20)):
            expect.answered(session.get(b"/echo/" + text, ends=False))


@check(
    "A query string is not part of the text",
    "A server SHOULD NOT return the query string as part of the text",
    cite="RFC 9110 4.2.3",
    hint="Cut the target at the first question mark: the path ends there.",
    level=ADVICE,
)
def query_is_no_text(session: Session) -> None:
    word = session.random.word()
    for query in (f"{session.random.word()}=1", "", f"/echo/{session.random.word()}"):
        answer = session.get(f"/echo/{word}?{query}", ends=False)
        expect.body(answer, word.encode())


@check(
    "A route matches from the start of the path",
    "A server SHOULD NOT select a route by a word later in the path or in the query string",
    cite="RFC 9110 4.2.3",
    hint=ROUTE,
    level=ADVICE,
)
def known_word_later(session: Session) -> None:
    word = session.random.word
    for path in (
        f"/{word()}/echo/{word()}",
        f"/{word()}/{word()}/echo/",
        f"/{word()}?/echo/{word()}",
    ):
        expect.status(session.get(path, ends=False), 404)


@check(
    "Percent-encoded text is always decoded, or never",
    "A server SHOULD decode percent-encoded text or return it as sent, always in the same way",
    cite="RFC 3986 2.4",
    hint="Decode %XX into bytes and send these bytes; or do not change the text.",
    level=ADVICE,
)
def percent_encoding(session: Session) -> None:
    outcomes: dict[bool, str] = {}
    word = session.random.word(5)
    ends = (session.random.word(4 * length) for length in range(1, 1 + len(SAFE_TEXTS + CONTROLS)))
    texts = [word + text + end for text, end in zip(SAFE_TEXTS + CONTROLS, ends, strict=True)]
    for text in (*texts, f" {word}s "):
        answer = session.get(f"/echo/{quote(text)}", ends=False)
        if answer.status >= 400 and set(text) & set("\0\r\n"):
            continue
        sent = quote(text)
        decoded = expect.decoded_or_as_sent(answer, text.encode(), sent.encode())
        outcomes.setdefault(decoded, session.url(f"/echo/{sent}"))
    expect.consistent(
        outcomes,
        "percent-encoded text is decoded in one answer, but not in another",
        hint="Decode every %XX, or none.",
        by_hand=f"curl -sS -w '\\n' {' '.join(outcomes.values())} | cat -v",
    )


@check(
    "Characters that a path allows come back unchanged",
    "A server SHOULD return characters that a path allows, such as + and &, unchanged",
    cite="RFC 3986 3.3",
    hint=(
        "Take everything up to the space or a question mark. A path is not a form: + stays a"
        " plus sign."
    ),
    level=ADVICE,
)
def as_they_are(session: Session) -> None:
    text = f"{session.random.word(5)}-._~!$&'()*+,;=:@{session.random.word(5)}"
    expect.body(session.get(f"/echo/{text}", ends=False), text.encode())


@check(
    "A path that only begins with /echo gets 404",
    "A server SHOULD answer a path that only begins with /echo with 404",
    cite="course: echo",
    hint="Compare with /echo/, including the second slash.",
    level=ADVICE,
)
def near_miss_is_404(session: Session) -> None:
    answer = session.get(f"/echo{session.random.word()}", ends=False)
    expect.status(answer, 404)
