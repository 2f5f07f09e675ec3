"""Judges *echo*: /echo/{text} answers with a body, its type and its length."""

from string import ascii_letters
from urllib.parse import quote

from grader import expect
from grader.check import ADVICE, check
from grader.session import Session

NOT_YET = ("User-Agent", "Accept-Encoding", "Connection")  # of what requests sends, each is a later stage's


@check("GET /echo/{text} MUST be answered 200 with the text as its body", cite="RFC 9110 6.4")
def returns_the_text(session: Session) -> None:
    word = session.random.word()
    answer = session.get(f"/echo/{word}", ends=False)
    expect.status(answer, 200)
    expect.body(answer, word.encode())


@check("The end of the body MUST be told: by a length, by chunks or by closing", cite="RFC 9112 6.3")
def end_is_told(session: Session) -> None:
    session.get(f"/echo/{session.random.word()}")


@check("The answer MUST say that it is text/plain, and be in all what the reference answers", cite="RFC 9110 8.3")
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
    word = session.random.choice(["hocoe", "ohce", "cheeho"]) + session.random.word(20, letters="echo")
    hint = "strip and lstrip remove characters, not a prefix."
    expect.body(session.get(f"/echo/{word}", ends=False), word.encode(), hint=hint)


@check("Each request MUST get its own text", cite="course: echo")
def each_its_own(session: Session) -> None:
    for word in (session.random.word(), session.random.word()):
        expect.body(session.get(f"/echo/{word}", ends=False), word.encode())


@check("No byte may follow the body", cite="RFC 9112 6.3")
def nothing_after(session: Session) -> None:
    connection = session.connect()
    connection.ask(session.build("GET", f"/echo/{session.random.word()}"))
    connection.read(ends=False)
    expect.nothing_more(connection)


@check("An ordinary client (Python's requests) MUST get the text", cite="RFC 9110 3.5")
def ordinary_client(session: Session) -> None:
    word = session.random.word()
    with session.mainstream(without=NOT_YET) as client:
        expect.text_of(client.get(session.url(f"/echo/{word}")), word)


@check("A text with slashes SHOULD come back whole", cite="course: echo", level=ADVICE)
def slashes(session: Session) -> None:
    text = "/".join(session.random.word(6) for _ in range(3))
    expect.body(
        session.get(f"/echo/{text}", ends=False), text.encode(), hint="Remove the prefix once; the rest is the text."
    )


@check("Percent-encoded text SHOULD be either decoded or returned as sent", cite="RFC 3986 2.4", level=ADVICE)
def percent_encoding(session: Session) -> None:
    outcomes = set()
    word = session.random.word(5)
    for text in (f"{word} {session.random.word(5)}", f"{word}é", f"{word}%41", f" {word}s "):
        found = expect.decoded(session.get(f"/echo/{quote(text)}", ends=False))
        expect.one_of(found, decoded=text.encode(), sent=quote(text).encode())
        outcomes.add(found == text.encode())
    expect.consistent(outcomes, "percent-encoded text is decoded in one answer and not in another")


@check("Characters that a path may hold as they are SHOULD come back as they are", cite="RFC 3986 3.3", level=ADVICE)
def as_they_are(session: Session) -> None:
    text = f"{session.random.word(5)}-._~!$&'()*+,;=:@{session.random.word(5)}"
    hint = "A path is no form: + is a plus sign there. Take all up to the space, or up to a question mark."
    expect.body(session.get(f"/echo/{text}", ends=False), text.encode(), hint=hint)


@check("A path that only begins with /echo SHOULD be answered with status 404", cite="course: echo", level=ADVICE)
def near_miss_is_404(session: Session) -> None:
    answer = session.get(f"/echo{session.random.word()}", ends=False)
    expect.status(answer, 404, hint="Match /echo/ with its second slash.")


@check("An answer SHOULD have a single Content-Length", cite="RFC 9110 8.6", level=ADVICE)
def single_length(session: Session) -> None:
    expect.at_most_one(session.get(f"/echo/{session.random.word()}", ends=False), "Content-Length")
