"""Judges *paths*: the path of the request decides between 200 and 404."""

from grader.author import ADVICE, Kind, Session, check, expect

SPLIT = "The target is the second of three words; take its path, and route whatever is left to 404."
UNUSUAL = ("//", "/?", "/?=&", "/.", "/..", "/%", "/*", "/;", "/index.html/", "///x//", "/?/../..")


@check("An unknown path MUST be answered with status 404", cite="RFC 9110 15.5.5")
def unknown_is_404(session: Session) -> None:
    expect.status(
        session.get(f"/{session.random.word()}", ends=False),
        404,
        hint="The path is the second word.",
    )


@check(
    "An unknown path of several segments MUST be answered with status 404", cite="RFC 9110 15.5.5"
)
def nested_is_404(session: Session) -> None:
    word = session.random.word
    for path in (f"/{word()}/{word()}", f"/{word()}/{word()}/{word()}", f"/{word()}/"):
        expect.status(session.get(path, ends=False), 404)


@check(
    "A file name as the path MUST be answered with status 404 while there are no files",
    cite="RFC 9110 15.5.5",
)
def file_name_is_404(session: Session) -> None:
    for suffix in (".html", ".css"):
        expect.status(session.get(f"/{session.random.name(suffix)}", ends=False), 404)


@check("The path / MUST be answered with status 200, also after a 404", cite="RFC 9110 15.3.1")
def root_still_works(session: Session) -> None:
    expect.status(session.get(f"/{session.random.word()}", ends=False), 404)
    expect.status(session.get("/", ends=False), 200)


@check("An unusual path MUST NOT stop the server", cite="RFC 9112 3.2")
def unusual_path_is_survived(session: Session) -> None:
    for path in UNUSUAL:
        expect.survived(session, session.build("GET", path), hint=SPLIT)


@check("An unusual path SHOULD be answered", cite="RFC 9110 15.5.5", level=ADVICE)
def unusual_path_is_answered(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT):
        for path in UNUSUAL:
            expect.answered(session.get(path, ends=False))


@check("A query string SHOULD NOT change the route of /", cite="RFC 9110 4.2.3", level=ADVICE)
def query_keeps_the_route(session: Session) -> None:
    hint = "The path ends before the question mark."
    for query in (f"{session.random.word()}=1", f"q=/{session.random.word()}/"):
        expect.status(session.get(f"/?{query}", ends=False), 200, hint=hint)
    expect.status(session.get(f"/{session.random.word()}?/", ends=False), 404, hint=hint)


@check("What stands in a header SHOULD NOT select the route", cite="RFC 9112 3", level=ADVICE)
def header_does_not_route(session: Session) -> None:
    decoy = [("X-Note", "GET / HTTP/1.1"), ("Referer", f"http://{session.host}/")]
    answer = session.get(f"/{session.random.word()}", headers=decoy, ends=False)
    expect.status(answer, 404, hint="Take the path from the request line alone.")


@check(
    "The end of a 404 SHOULD be told: by a length, by chunks or by closing",
    cite="RFC 9112 6.3",
    level=ADVICE,
)
def end_of_404_is_told(session: Session) -> None:
    session.get(f"/{session.random.word()}")
