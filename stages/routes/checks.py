"""Judges *routes*: /time is computed for each request, and what is no route is a file, or 404."""

from grader.author import ADVICE, Failure, Kind, Response, Session, check, expect

TIME = "/time"
FORMAT = (
    "Answer 200 with the time as text: date, T, time of day, and the offset from UTC.",
    "Print the text that you send. 2026-03-01T12:30:05Z is a time in UTC.",
    "Others sent the seconds since 1970, a time without its offset, or a date as in mail.",
)
NOW = (
    "Ask the clock of the system for each request, and write the offset that belongs to the time.",
    "Compare the output of date -u with what your server sends.",
    "Others took the time once, when the program started, or wrote Z after their local time.",
)
FALL_BACK = (
    "When no route has the path, look for a file of the site, as in the track static-site.",
    "Print the path, and which of your routes it matches.",
    "Others answered 404 where no route matches, or compared only the beginning of the path.",
)


def serves(session: Session, name: str, content: bytes) -> None:
    expect.put(session.files, name, content)
    expect.page(session, session.get(f"/{name}", ends=False), name, content)


def is_the_route(session: Session, *names: str) -> None:
    """/time is the time, although there are these files."""
    answer = session.get(TIME, ends=False)
    found = expect.decoded(answer)
    for name in names:
        if found == session.files.read(name):
            raise Failure(
                Kind.MISMATCH,
                f"The body is the file {name}, but there is a route {TIME}.",
                expected="the current time",
                actual=found,
            )
    expect.rfc_3339(answer)


def is_the_file(session: Session, name: str, content: bytes) -> None:
    """A path that contains that of the route is a file all the same."""
    answer = session.get(f"/{name}", ends=False)
    if is_a_time(answer):
        raise Failure(
            Kind.MISMATCH,
            f"The answer to /{name} is the time, but the path is not {TIME}.",
            expected=content,
            actual=expect.decoded(answer),
        )
    expect.page(session, answer, name, content)


def is_a_time(answer: Response) -> bool:
    try:
        expect.rfc_3339(answer)
    except Failure:
        return False
    return True


@check(
    "GET /time is answered with an RFC 3339 time",
    "A server MUST answer GET /time with 200 and a time as RFC 3339 writes it",
    cite="RFC 3339 5.6",
    hint=FORMAT,
)
def answers_a_time(session: Session) -> None:
    expect.rfc_3339(session.get(TIME, ends=False))


@check(
    "The time is the current one, each time",
    "A server MUST answer with the time between the request and its answer (1 s of grace)",
    cite="course: routes",
    hint=NOW,
    beside=True,
)
def time_is_current(session: Session) -> None:
    expect.current_time(session, TIME)


@check(
    "A route comes before a file of the same path",
    "A server MUST answer a path that a route has with the route, even if there is such a file",
    cite="course: routes",
    hint="Look at your routes first, and at the files only when none of them has the path.",
)
def route_comes_first(session: Session) -> None:
    session.files.put("time", session.random.page())
    session.files.put("time.html", session.random.page())
    is_the_route(session, "time", "time.html")
    session.files.remove("time")
    session.files.put("time/index.html", session.random.page())
    is_the_route(session, "time/index.html")


@check(
    "A path without a route is a file of the site",
    "A server MUST answer a path that no route has with the file of its --static directory",
    cite="course: routes",
    hint=FALL_BACK,
)
def falls_back_to_the_site(session: Session) -> None:
    serves(session, session.random.name(), session.random.blob(500))
    serves(session, f"{session.random.word()}/{session.random.name()}", session.random.page())


@check(
    "A route matches the whole path",
    "A server MUST NOT answer a path that only begins or ends like a route with that route",
    cite="course: routes",
    hint="Compare the whole path, not its beginning, its end, or a part of it.",
    asks=("routes/falls_back_to_the_site",),
)
def matches_the_whole_path(session: Session) -> None:
    word = session.random.word()
    for name in (f"time{word}.txt", f"{word}/time", f"time-{word}/{word}.txt", f"{word}time"):
        expect.put(session.files, name, content := session.random.word(40).encode())
        is_the_file(session, name, content)


@check(
    "What is neither a route nor a file gets 404",
    "A server MUST answer a path that is neither a route nor a file with 404, and go on",
    cite="RFC 9110 15.5.5",
    hint="Answer 404 when the file does not exist: check before you open it, or catch the error.",
)
def unknown_gets_404(session: Session) -> None:
    word = session.random.word()
    for path in (f"/{word}", f"/{word}/{word}", f"/{word}.html"):
        expect.status(session.get(path, ends=False), 404)
    expect.listening(session)


@check(
    "The time is text/plain",
    "A server SHOULD send the time with Content-Type: text/plain",
    cite="RFC 9110 8.3",
    hint="Send Content-Type: text/plain: without a type a client guesses, as HTML it may run.",
    level=ADVICE,
)
def says_text_plain(session: Session) -> None:
    expect.media_type(session.get(TIME, ends=False), "text/plain", hint=None)


@check(
    "A query string does not change the route",
    "A server SHOULD find the route by the path alone, without the query string",
    cite="RFC 9110 4.2.3",
    hint="Cut the target at the first question mark before you look for the route.",
    level=ADVICE,
)
def query_keeps_the_route(session: Session) -> None:
    expect.rfc_3339(session.get(f"{TIME}?{session.random.word()}=1", ends=False))
