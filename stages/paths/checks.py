"""Judges *paths*: the path of the request decides between 200 and 404."""

from grader.author import ADVICE, Kind, Session, check, expect

ODD = (
    "Answer 404 to every path that you do not know, however odd. Splitting or decoding it can fail:"
    " catch the error."
)
UNKNOWN = "Compare the whole path, and answer 404 to every one that you do not know."
ROOT = (
    "GET / is a route, too: answer it with 200. Compare the path with / exactly: print it with its"
    " quotes, a space or a line end may be in it."
)
UNUSUAL = ("//", "/?", "/?=&", "/.", "/..", "/%", "/*", "/;", "/index.html/", "///x//", "/?/../..")


@check(
    "An unknown path gets 404",
    "A server MUST answer an unknown path with 404",
    cite="RFC 9110 15.5.5",
    hint=(
        "Compare the path: it is the second word of the request line.",
        "Look where you choose the status: print the path with its quotes just before.",
        "Others answered 200 to all, looked whether / is in the path, or compared how it begins.",
    ),
)
def unknown_is_404(session: Session) -> None:
    expect.status(session.get(f"/{session.random.word()}", ends=False), 404)


@check(
    "An unknown path of several segments gets 404",
    "A server MUST answer an unknown path of several segments with 404",
    cite="RFC 9110 15.5.5",
    hint=UNKNOWN,
)
def nested_is_404(session: Session) -> None:
    word = session.random.word
    for path in (f"/{word()}/{word()}", f"/{word()}/{word()}/{word()}", f"/{word()}/"):
        expect.status(session.get(path, ends=False), 404)


@check(
    "A file name gets 404 while there are no files",
    "A server MUST answer a path like /page.html with 404 while it has no files to serve",
    cite="RFC 9110 15.5.5",
    hint=UNKNOWN,
)
def file_name_is_404(session: Session) -> None:
    for suffix in (".html", ".css"):
        answer = session.get(f"/{session.random.name(suffix)}", ends=False)
        expect.status(answer, 404)


@check(
    "The path / gets 200, also after a 404",
    "A server MUST answer / with 200, also after a 404",
    cite="RFC 9110 15.3.1",
    hint="Choose the status for each request anew: 200 for /, 404 for an unknown path.",
)
def root_still_works(session: Session) -> None:
    expect.status(session.get("/", ends=False), 200, hint=ROOT)
    unknown = f"/{session.random.word()}"
    expect.status(session.get(unknown, ends=False), 404)
    by_hand = f"curl -i {session.url(unknown)}\ncurl -i {session.url('/')}"
    expect.status(session.get("/", ends=False), 200, by_hand=by_hand)


@check(
    "Unusual paths do not stop the server",
    "An unusual path MUST NOT stop the server",
    cite="RFC 9112 3.2",
    hint=ODD,
)
def unusual_path_is_survived(session: Session) -> None:
    expect.all_survived(session, [session.build("GET", path) for path in UNUSUAL])


@check(
    "Unusual paths are answered",
    "A server SHOULD answer an unusual path",
    cite="RFC 9110 15.5.5",
    hint=ODD,
    level=ADVICE,
)
def unusual_path_is_answered(session: Session) -> None:
    with expect.left_to_another_check(Kind.EXIT):
        for path in UNUSUAL:
            expect.answered(session.get(path, ends=False))


@check(
    "A query string does not change the route",
    "A server SHOULD ignore the query string when it selects the route",
    cite="RFC 9110 4.2.3",
    hint="Cut the target at the first question mark: the path ends there.",
    asks=("paths/root_still_works",),
    level=ADVICE,
)
def query_keeps_the_route(session: Session) -> None:
    for query in (f"{session.random.word()}=1", f"q=/{session.random.word()}/"):
        expect.status(session.get(f"/?{query}", ends=False), 200)
    expect.status(session.get(f"/{session.random.word()}?/", ends=False), 404)


@check(
    "A header does not select the route",
    "A server SHOULD take the path from the request line alone, never from a header",
    cite="RFC 9112 3",
    hint="Take the path from the request line alone.",
    level=ADVICE,
)
def header_does_not_route(session: Session) -> None:
    decoy = [("X-Note", "GET / HTTP/1.1"), ("Referer", f"http://{session.host}/")]
    answer = session.get(f"/{session.random.word()}", headers=decoy, ends=False)
    expect.status(answer, 404)


@check(
    "The client can tell where a 404 ends",
    "The client SHOULD be able to tell where a 404 ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
    level=ADVICE,
)
def end_of_404_is_told(session: Session) -> None:
    session.get(f"/{session.random.word()}")
