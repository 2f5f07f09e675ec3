"""Judges *request-log*: a line for each request, in the common log format, that no client can
forge."""

from urllib.parse import quote

from grader.author import Request, Response, Session, check, expect

WRITE = (
    "Print a line for each request when you know its status:"
    ' host - - [date] "request line" status size.',
    "Run your server in a terminal, send a request, and compare the line with the one expected.",
    "Others wrote into a file, logged before they knew the status, or left out a field.",
)
EVERY = "Write the line in one place, which every request passes, also when its handler raises."
AS_SENT = "Log the request line as the client sent it: method, whole target and version."
ESCAPE = (
    "Log the target as it came, not decoded. Write \\x0d and \\x0a in the place of CR and LF.",
    "Send a target with %0D%0A in it, and look at the lines.",
    "Others logged the decoded path, in which the client's line ends are real ones.",
)
FORGED = '127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /{} HTTP/1.1" 200 5'
ENDS = ("\r\n", "\n", "\r")


def asked(session: Session, request: Request) -> Response:
    return session.exchange(request, ends=False)


def file(session: Session) -> tuple[Request, str]:
    """A request for a file of the site, and its name, which is in no other request."""
    word = session.random.word()
    expect.put(session.files, f"{word}.txt", session.random.blob(session.random.number(100, 999)))
    return session.build("GET", f"/{word}.txt"), word


def barrier(session: Session) -> None:
    """What was printed for earlier requests is there when the line of this one is."""
    request, word = file(session)
    asked(session, request)
    expect.all_logged(session, word)


def logged(session: Session, request: Request, word: str) -> None:
    """The request has a line with the status that its answer has."""
    answer = asked(session, request)
    expect.logged_status(session, expect.logged(session, request, word), answer)


@check(
    "A request is logged",
    "A server MUST print a line in the common log format for a request that it has answered",
    cite="course: request-log",
    hint=WRITE,
)
def logs_a_request(session: Session) -> None:
    logged(session, *file(session))


@check(
    "A 404 is logged",
    "A server MUST log a request for a path that does not exist, with 404",
    cite="course: request-log",
    hint=EVERY,
)
def logs_404(session: Session) -> None:
    word = session.random.word()
    logged(session, session.build("GET", f"/{word}"), word)


@check(
    "A 500 is logged",
    "A server MUST log a request whose handler raises an exception, with 500",
    cite="course: request-log",
    hint=EVERY,
)
def logs_500(session: Session) -> None:
    word = session.random.word()
    logged(session, session.build("GET", f"/boom?word={word}"), word)


@check(
    "The whole request line is logged",
    "A server MUST log the method and the whole target as they were sent, with the query",
    cite="course: request-log",
    hint=AS_SENT,
)
def logs_the_request_line(session: Session) -> None:
    word = session.random.word()
    logged(session, session.build("GET", f"/time?a={word}&b=1"), word)
    word = session.random.word()
    logged(session, session.build("POST", f"/time?{word}", body=b"a=1"), word)


@check(
    "Each request has one line",
    "A server MUST print one line for each request, also for those on one connection",
    cite="course: request-log",
    hint="Write the line once, where a request has been answered: not where a connection begins.",
)
def one_line_each(session: Session) -> None:
    sent, connection = [file(session) for _ in range(4)], session.connect()
    for request, word in sent:
        connection.ask(request)
        answer = connection.read(ends=False)
        expect.all_logged(session, word)  # lines of two threads at once could run into each other
        if answer.wants_close or connection.ended:
            connection.close()
            connection = session.connect()
    connection.close()  # a server of one thread serves the next client only then
    barrier(session)
    expect.logged_once(session, sent)


@check(
    "The line begins with the client's address",
    "A server MUST log the address of the client as the first field",
    cite="course: request-log",
    hint="Take the address that accept() gives you, without the port.",
)
def logs_the_client(session: Session) -> None:
    request, word = file(session)
    asked(session, request)
    expect.logged_host(session, expect.logged(session, request, word))


@check(
    "A path with line ends forges no line",
    "A target MUST NOT add a line to the log, whatever is percent-encoded in it",
    cite="course: request-log",
    hint=ESCAPE,
)
def path_forges_no_line(session: Session) -> None:
    for end in ENDS:
        word, forged = session.random.word(), FORGED.format(session.random.word())
        line = quote(end + forged, safe="/:+-")
        for target in (f"/{word}{line}", f"/{word}?q={line}"):
            expect.sent(session, session.build("GET", target))
        barrier(session)
        expect.no_forged_line(session, forged)


@check(
    "A path with quotes forges no status",
    "A target MUST NOT end the request line in the log, whatever is percent-encoded in it",
    cite="course: request-log",
    hint='Write \\x22 or \\" in the place of a quote, or log the target as it came, not decoded.',
    asks=("request-log/logs_404",),
)
def path_forges_no_status(session: Session) -> None:
    word = session.random.word()
    answer = asked(session, session.build("GET", f"/{word}%22%20299%2017%20%22"))
    expect.no_forged_status(session, word, answer)


@check(
    "A header with line ends forges no line",
    "A header of the client MUST NOT add a line to the log",
    cite="course: request-log",
    hint="Escape every control character before you print it, whatever part of a request it is in.",
)
def header_forges_no_line(session: Session) -> None:
    for name in ("User-Agent", "Referer", "X-Forwarded-For", "X-Request-ID"):
        for end in ("\r", "\r\n "):
            word, forged = session.random.word(), FORGED.format(session.random.word())
            headers = [(name, f"{word}{end}{forged}")]
            expect.sent(session, session.build("GET", f"/{word}", headers=headers))
            barrier(session)
            expect.no_forged_line(session, forged)
