"""The header lines: where one begins and ends, its name and its value, and the one Host."""

from grader.author import ADVICE, Session, check, expect

from . import CHUNKS, LENGTH, answer_to, head, stores

BLANK = (
    "Do not strip the name: answer 400. A proxy in front of your server may not see such a header."
)
HOST = "Count the Host lines after you read the head, before you route: HTTP/1.1 needs exactly one."
END = "Split lines at \\r\\n only. Answer 400 to a bare CR, or replace it with a space."
FIRST = "Answer 400, or drop the whole line: there is no header before it that it could continue."
AGENT = "GET /user-agent HTTP/1.1"
NOT_EVIL = r"(?s)(?!.*evil).*"


@check(
    "A header line without a colon is answered",
    "A server MUST answer a request with a header line that has no colon",
    cite="RFC 9112 2.2",
    hint="Look for the colon before you split the line: answer 400 where there is none.",
)
def line_without_colon(session: Session) -> None:
    expect.answered(answer_to(session, head(session, session.random.word())))


@check(
    "A request without Host gets 400",
    "A server MUST answer an HTTP/1.1 request without Host with 400",
    cite="RFC 9112 3.2",
    hint=HOST,
)
def no_host(session: Session) -> None:
    data = f"GET / HTTP/1.1\r\nX-Host: {session.host}\r\n\r\n".encode()
    expect.status(answer_to(session, data), 400)


@check(
    "Two Host lines get 400",
    "A server MUST answer a request with two Host lines with 400",
    cite="RFC 9112 3.2",
    hint=HOST,
)
def two_hosts(session: Session) -> None:
    for other in (session.random.word(), session.host):
        expect.status(answer_to(session, head(session, f"host: {other}")), 400)


@check(
    "A space before the colon gets 400",
    "A server MUST answer 400 to a space between a header's name and its colon",
    cite="RFC 9112 5.1",
    hint=BLANK,
)
def blank_before_colon(session: Session) -> None:
    expect.status(answer_to(session, head(session, f"X-Note : {session.random.word()}")), 400)


@check(
    "A folded header line gets 400 or is joined",
    "A server MUST answer a folded header line with 400, or join it to the line before it",
    cite="RFC 9112 5.2",
    hint="Answer 400, or append the line to the value above: it is not a header of its own.",
)
def folded_line(session: Session) -> None:
    one, other = session.random.word(), f"X-{session.random.word()}: 1"
    answer = answer_to(session, head(session, f"User-Agent: {one}", f" {other}", start=AGENT))
    problem = (
        "Your server neither rejected the line that begins with a space nor joined it to the"
        " line before."
    )
    expect.refused_or_reads(answer, rf"{one}[ \t]+{other}", problem)


@check(
    "An indented first header line is no header",
    "A server MUST reject or drop a first header line that begins with whitespace",
    cite="RFC 9112 2.2",
    hint=FIRST,
)
def indented_first_line(session: Session) -> None:
    problem = "Your server read a line that begins with whitespace as a header."
    word, (one, other) = session.random.word(), session.random.shuffled([" ", "\t"])
    for blank, framing, lines, wanted in (
        (one, LENGTH, [f"User-Agent: {word}"], word),
        (other * 2, CHUNKS, [], NOT_EVIL),
    ):
        answer = answer_to(
            session, head(session, *lines, start=f"{AGENT}\r\n{blank}User-Agent: evil")
        )
        expect.refused_or_reads(answer, wanted, problem)
        stores(session, blank + framing, refusable=True)


@check(
    "NUL and CR in a value are rejected or replaced",
    "A server MUST reject NUL and CR in a value, or replace them with spaces",
    cite="RFC 9110 5.5",
    hint=(
        "Answer 400, or replace NUL and CR with a space. Other programs end a text or line there."
    ),
)
def controls_in_a_value(session: Session) -> None:
    for control in "\0\r":
        one, other = session.random.word(), session.random.word()
        answer = answer_to(
            session, head(session, f"User-Agent: {one}{control}{other}", start=AGENT)
        )
        problem = (
            "Your server neither rejected a control character in a value nor replaced it with a"
            " space."
        )
        expect.refused_or_reads(answer, f"{one} {other}", problem)


@check(
    "A bare CR does not end a header line",
    "A server MUST NOT take a bare CR for the end of a header line",
    cite="RFC 9112 2.2",
    hint=END,
)
def bare_cr(session: Session) -> None:
    word, note = session.random.word(), f"X-{session.random.word()}: 1"
    real, evil = f"User-Agent: {word}", f"{note}\rUser-Agent: evil"
    problem = "Your server read what follows a bare CR as another header line."
    for lines, wanted in (
        ((f"{real}\r{note}",), rf"(?s){word}.{note}"),
        ((evil, real), word),
        ((real, evil), word),
        ((evil,), NOT_EVIL),
    ):
        expect.refused_or_reads(
            answer_to(session, head(session, *lines, start=AGENT)), wanted, problem
        )
    for framing in (LENGTH, CHUNKS):
        for after in (False, True):
            stores(session, f"{note}\r{framing}", refusable=True, after=after)


@check(
    "Any host name is served",
    "A server SHOULD serve every client, whatever host name and port it sends",
    cite="RFC 9110 7.2",
    hint="Serve the same site for every valid Host.",
    level=ADVICE,
)
def any_host(session: Session) -> None:
    for host in (f"A.{session.random.word()}.example:8090", "[::1]:8090", ""):
        data = f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        expect.status(answer_to(session, data), 200)


@check(
    "An invalid Host gets 400",
    "A server MUST answer a Host that is not a host and port with 400",
    cite="RFC 9112 3.2",
    hint="Answer 400 when Host contains a space or a slash.",
    level=ADVICE,
)
def host_is_none(session: Session) -> None:
    for host in (f"{session.random.word()} {session.random.word()}", f"{session.random.word()}/"):
        data = f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        expect.status(answer_to(session, data), 400)
