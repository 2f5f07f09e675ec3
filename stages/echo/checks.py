"""Judges *echo*: /echo/{text} answers with a body, its type and its length."""

from string import ascii_letters
from urllib.parse import quote

from grader.author import ADVICE, Kind, Session, check, expect

# of what requests sends, each is a later stage's
NOT_YET = ("User-Agent", "Accept-Encoding", "Connection")
OWN = "Make the answer from this request alone. If you keep answers, keep them by the whole path."
SAFE_TEXTS = ("a b", "a  b", "é", "%41", "a#b", "a?b", "a&b", "a=b", "a+b", 'a"b', "a\\b", "a<b")
CONTROLS = ("a\0b", "a\r\nb", "a\nb")  # some refuse to decode them
ROUTE = "Take the path from the request line alone, and look at how it begins."
ONE_LENGTH = (
    "Set headers in one place. Node's fetch refuses an answer with two lengths, even when they are"
    " equal."
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
SURVIVE = (
    "Decoding can fail: catch the error in the handler of this connection, and answer 400 or the"
    " text as sent."
)


@check("GET /echo/{text} MUST be answered 200 with the text as its body", cite="RFC 9110 6.4")
def returns_the_text(session: Session) -> None:
    word = session.random.word()
    answer = session.get(f"/echo/{word}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, word.encode())


@check(
    "The end of the body MUST be told: by a length, by chunks or by closing", cite="RFC 9112 6.3"
)
def end_is_told(session: Session) -> None:
    session.get(f"/echo/{session.random.word()}")


@check(
    "The answer MUST say that it is text/plain, and be in all what the reference answers",
    cite="RFC 9110 8.3",
)
def says_text_plain(session: Session) -> None:
    request = session.build("GET", f"/echo/{session.random.word()}")
    expect.alike(session.exchange(request, ends=False), session.reference(request))


@check("Texts of 1 to 200 characters MUST come back whole", cite="RFC 9110 8.6")
def any_length(session: Session) -> None:
    for length in (1, session.random.number(20, 150), 200):
        word = session.random.word(length, letters=ascii_letters)
        expect.body(session.get(f"/echo/{word}", ends=False), word.encode())


@check("A text made of the letters of /echo/ MUST come back whole", cite="course: echo")
def letters_of_the_prefix(session: Session) -> None:
    word = session.random.choice(["hocoe", "ohce", "cheeho"]) + session.random.word(
        20, letters="echo"
    )
    hint = "strip and lstrip remove characters, not a prefix."
    expect.body(session.get(f"/echo/{word}", ends=False), word.encode(), hint=hint)


@check("Each request MUST get its own text", cite="course: echo")
def each_its_own(session: Session) -> None:
    start, end = session.random.word(40), session.random.word(40)
    # of one length and with the same ends: for all keys of a cache
    for letter in session.random.shuffled("abc")[:2]:
        word = start + letter + end
        expect.body(session.get(f"/echo/{word}", ends=False), word.encode(), hint=OWN)


@check("What stands in a header MUST NOT select the route", cite="RFC 9112 3")
def header_does_not_route(session: Session) -> None:
    word = session.random.word
    for decoy in (
        ("Referer", f"http://{session.host}/echo/{word()}"),
        ("X-Note", f"GET /echo/{word()} HTTP/1.1"),
    ):
        expect.status(session.get(f"/{word()}", headers=[decoy], ends=False), 404, hint=ROUTE)
        expect.status(session.get("/", headers=[decoy], ends=False), 200, hint=ROUTE)


@check("An answer MUST have one Content-Length at most, with one value", cite="RFC 9110 8.6")
def single_length(session: Session) -> None:
    for path in (f"/echo/{session.random.word()}", "/", f"/{session.random.word()}"):
        expect.one_length(session.get(path, ends=False), hint=ONE_LENGTH)


@check("A text that cannot be decoded MUST NOT stop the server", cite="RFC 3986 2.1")
def undecodable_is_survived(session: Session) -> None:
    for text in UNDECODABLE:
        expect.survived(session, session.build("GET", f"/echo/{text}"), hint=SURVIVE)
    beyond = b"/echo/" + session.random.beyond_ascii(20)
    expect.survived(session, session.build("GET", beyond), hint=SURVIVE)


@check("No byte may follow the body", cite="RFC 9112 6.3")
def nothing_after(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", f"/echo/{session.random.word()}"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check("An ordinary client (Python's requests) MUST get the text", cite="RFC 9110 3.5")
def ordinary_client(session: Session) -> None:
    word = session.random.word()
    with session.requests_client(without=NOT_YET) as client:
        expect.text_of(client.get(session.url(f"/echo/{word}")), word)


@check("A text with slashes SHOULD come back whole", cite="course: echo", level=ADVICE)
def slashes(session: Session) -> None:
    word = session.random.word
    for text in (
        f"{word(6)}/{word(6)}/{word(6)}",
        f"{word(6)}//{word(6)}",
        f"{word(6)}/",
        f"/{word(7)}",
    ):
        answer = session.get(f"/echo/{text}", ends=False)
        expect.body(answer, text.encode(), hint="Remove the prefix once; the rest is the text.")


@check("A text that cannot be decoded SHOULD be answered", cite="RFC 9110 15.5.1", level=ADVICE)
def undecodable_is_answered(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT):
        for text in (*(text.encode() for text in UNDECODABLE), session.random.beyond_ascii(20)):
            expect.answered(session.get(b"/echo/" + text, ends=False))


@check("A query SHOULD NOT be part of the text", cite="RFC 9110 4.2.3", level=ADVICE)
def query_is_no_text(session: Session) -> None:
    word = session.random.word()
    for query in (f"{session.random.word()}=1", "", f"/echo/{session.random.word()}"):
        answer = session.get(f"/echo/{word}?{query}", ends=False)
        expect.body(answer, word.encode(), hint="The path ends before the question mark.")


@check(
    "A known word later in the path SHOULD NOT select its route",
    cite="RFC 9110 4.2.3",
    level=ADVICE,
)
def known_word_later(session: Session) -> None:
    word = session.random.word
    for path in (
        f"/{word()}/echo/{word()}",
        f"/{word()}/{word()}/echo/",
        f"/{word()}?/echo/{word()}",
    ):
        expect.status(session.get(path, ends=False), 404, hint=ROUTE)


@check(
    "Percent-encoded text SHOULD be either decoded or returned as sent",
    cite="RFC 3986 2.4",
    level=ADVICE,
)
def percent_encoding(session: Session) -> None:
    outcomes = set()
    word = session.random.word(5)
    ends = (session.random.word(4 * length) for length in range(1, 1 + len(SAFE_TEXTS + CONTROLS)))
    texts = [word + text + end for text, end in zip(SAFE_TEXTS + CONTROLS, ends, strict=True)]
    for text in (*texts, f" {word}s "):
        answer = session.get(f"/echo/{quote(text)}", ends=False)
        if answer.status >= 400 and set(text) & set("\0\r\n"):
            continue
        found = expect.decoded(answer)
        expect.one_of(found, decoded=text.encode(), sent=quote(text).encode())
        outcomes.add(found == text.encode())
    expect.consistent(outcomes, "percent-encoded text is decoded in one answer and not in another")


@check(
    "Characters that a path may hold as they are SHOULD come back as they are",
    cite="RFC 3986 3.3",
    level=ADVICE,
)
def as_they_are(session: Session) -> None:
    text = f"{session.random.word(5)}-._~!$&'()*+,;=:@{session.random.word(5)}"
    hint = (
        "A path is no form: + is a plus sign there. Take all up to the space, or up to a question"
        " mark."
    )
    expect.body(session.get(f"/echo/{text}", ends=False), text.encode(), hint=hint)


@check(
    "A path that only begins with /echo SHOULD be answered with status 404",
    cite="course: echo",
    level=ADVICE,
)
def near_miss_is_404(session: Session) -> None:
    answer = session.get(f"/echo{session.random.word()}", ends=False)
    expect.status(answer, 404, hint="Match /echo/ with its second slash.")
