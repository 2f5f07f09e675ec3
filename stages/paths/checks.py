"""Judges *paths*: the path of the request decides between 200 and 404."""

from grader import expect
from grader.check import ADVICE, check
from grader.session import Session

NEAR = "Compare the whole path; its beginning decides only for a route that ends in a slash."


@check("An unknown path MUST be answered with status 404", cite="RFC 9110 15.5.5")
def unknown_is_404(session: Session) -> None:
    expect.status(session.get(f"/{session.random.word()}", ends=False), 404, hint="The path is the second word.")


@check("An unknown path of several segments MUST be answered with status 404", cite="RFC 9110 15.5.5")
def nested_is_404(session: Session) -> None:
    word = session.random.word
    expect.status(session.get(f"/{word()}/{word()}", ends=False), 404)


@check(
    "A file name as the path MUST be answered with status 404 while there are no files",
    cite="RFC 9110 15.5.5",
)
def file_name_is_404(session: Session) -> None:
    for path in ("/index.html", f"/{session.random.name('.html')}"):
        expect.status(session.get(path, ends=False), 404)


@check("A known word later in the path MUST NOT select its route", cite="RFC 9110 4.2.3")
def known_word_later_is_404(session: Session) -> None:
    word = session.random.word()
    for path in (f"/{word}/echo/{word}", f"/{word}/user-agent", f"/{word}/"):
        expect.status(
            session.get(path, ends=False), 404, hint="Look at where the path begins, not at what it contains."
        )


@check("What stands in a header MUST NOT select the route", cite="RFC 9112 3")
def header_does_not_route(session: Session) -> None:
    decoy = [("X-Note", "GET / HTTP/1.1"), ("Referer", "/")]
    answer = session.get(f"/{session.random.word()}", headers=decoy, ends=False)
    expect.status(answer, 404, hint="Take the path from the request line alone.")


@check("The path / MUST be answered with status 200, also after a 404", cite="RFC 9110 15.3.1")
def root_still_works(session: Session) -> None:
    expect.status(session.get(f"/{session.random.word()}", ends=False), 404)
    expect.status(session.get("/", ends=False), 200)


@check("A query string SHOULD NOT change the route of /", cite="RFC 9110 4.2.3", level=ADVICE)
def query_keeps_the_route(session: Session) -> None:
    expect.status(
        session.get(f"/?{session.random.word()}=1", ends=False), 200, hint="The path ends before the question mark."
    )


@check(
    "A path that only begins like a known one SHOULD be answered with status 404",
    cite="course: paths",
    level=ADVICE,
)
def near_misses_are_404(session: Session) -> None:
    word = session.random.word()
    for path in (f"/echo{word}", f"/user-agent{word}", f"/files{word}"):
        expect.status(session.get(path, ends=False), 404, hint=NEAR)


@check("The end of a 404 SHOULD be told: by a length, by chunks or by closing", cite="RFC 9112 6.3", level=ADVICE)
def end_of_404_is_told(session: Session) -> None:
    session.get(f"/{session.random.word()}")
