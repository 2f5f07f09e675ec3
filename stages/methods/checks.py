"""Judges *methods*: HEAD is GET without the body; what a path does not have is refused."""

from grader.author import ADVICE, Connection, Failure, Kind, Response, Session, check, expect

AS_GET = "Take the way of GET for HEAD, too, and leave out the body when you send."
COUNT = "Make the answer as for GET and count its body; drop the body last, when you send."
OTHER = "Choose the route by path and method: what the path does not have is refused."
ALLOW = "Allow names the methods that the path does have, with commas between."
OWN = (
    "Begin each request with nothing, in variables of its own: what other requests said is theirs."
)
UNTRIED = ("CONNECT", "TRACE")  # they are for proxies
TAKE = (
    "Read the body of every request, also of one that you refuse; or close the connection after the"
    " answer."
)


def _pages(session: Session) -> list[str]:
    """A path of each kind that has something to show."""
    name = session.random.name()
    session.files.put(name, session.random.word(300).encode())
    return ["/", f"/echo/{session.random.word()}", f"/files/{name}"]


def _ask(connection: Connection, session: Session, method: str, target: str) -> Response:
    connection.ask(session.build(method, target))
    return connection.read()


def _answer(session: Session, method: str, target: str) -> Response:
    return session.exchange(session.build(method, target))


def _post(session: Session, body: str) -> Response:
    return session.exchange(session.build("POST", "/", body=body.encode()))


def _members(allow: str) -> set[str]:
    return {part.strip(" \t") for part in allow.split(",")}


def _unknown(session: Session) -> str:
    return f"BREW-{session.random.word().upper()}"


@check("HEAD / MUST be answered 200, like GET, and without a body", cite="RFC 9110 9.3.2")
def head_of_root(session: Session) -> None:
    connection = session.connect()
    expect.status(_ask(connection, session, "HEAD", "/"), 200, hint=AS_GET)
    expect.nothing_more(connection)


@check(
    "HEAD MUST be answered like GET, and without a body, for a text and a file too",
    cite="RFC 9110 9.3.2",
)
def head_of_pages(session: Session) -> None:
    for target in _pages(session):
        connection = session.connect()
        expect.status(_ask(connection, session, "HEAD", target), 200, hint=AS_GET)
        expect.nothing_more(connection)


@check("A Content-Length in the answer to HEAD MUST be that of GET", cite="RFC 9110 8.6")
def length_of_head(session: Session) -> None:
    for target in _pages(session):
        size = len(_answer(session, "GET", target).body)
        if length := _answer(session, "HEAD", target).header("Content-Length"):
            what = f"bytes are announced by HEAD {target}, and GET sends {size}"
            expect.equal(int(length.split(",")[0]), size, what, hint=COUNT)


@check("HEAD MUST be answered 404 where GET is, and without a body", cite="RFC 9110 9.3.2")
def head_of_nothing(session: Session) -> None:
    for target in (f"/{session.random.word()}", f"/files/{session.random.name()}"):
        connection = session.connect()
        expect.status(_ask(connection, session, "HEAD", target), 404, hint=AS_GET)
        expect.nothing_more(connection)


@check("After HEAD, the next request on the connection MUST be answered", cite="RFC 9112 9.3")
def request_after_head(session: Session) -> None:
    connection, word = session.connect(), session.random.word()
    for target in _pages(session):
        expect.announces_no_close(_ask(connection, session, "HEAD", target))
        expect.stays_open(connection, f"after HEAD {target}")
    expect.body(_ask(connection, session, "GET", f"/echo/{word}"), word.encode())


@check("A method that the path does not have MUST be answered by an error", cite="RFC 9110 15.5.6")
def refuses_delete(session: Session) -> None:
    expect.refused(_answer(session, "DELETE", f"/echo/{session.random.word()}"), 405, hint=OTHER)


@check("A method that only another path has MUST be answered by an error", cite="RFC 9110 15.5.6")
def refuses_post(session: Session) -> None:
    expect.refused(_post(session, session.random.word()), 405, hint=OTHER)


@check("The answer 405 MUST name GET in its Allow", cite="RFC 9110 10.2.1")
def allows_get(session: Session) -> None:
    for method, target in (("POST", "/"), ("DELETE", f"/echo/{session.random.word()}")):
        answer = session.exchange(session.build(method, target, body=b""))
        if answer.status == 405:
            expect.member(expect.header(answer, "Allow", ALLOW), "GET", "Allow", ALLOW)


@check("A method that nobody knows MUST be answered by an error", cite="RFC 9110 9.1")
def refuses_the_unknown(session: Session) -> None:
    expect.refused(_answer(session, _unknown(session), "/"), 501, 405, hint=OTHER)


@check("The body of a refused request MUST NOT be read as the next request", cite="RFC 9112 9.3")
def takes_the_body(session: Session) -> None:
    connection, hidden, word = session.connect(), session.random.word(), session.random.word()
    connection.ask(
        session.build("POST", "/", body=session.build("GET", f"/echo/{hidden}").to_bytes())
    )
    if connection.read().wants_close:
        return
    expect.no_second_answer(connection, "the body of the first request", TAKE)
    try:
        answer = _ask(connection, session, "GET", f"/echo/{word}")
    except Failure as failure:
        if failure.kind is Kind.CLOSED:
            return  # without having said so: that is allowed, too
        raise
    expect.body(answer, word.encode(), hint=TAKE)


@check("A refused DELETE MUST leave the file as it is", cite="RFC 9110 15.5.6")
def deletes_nothing(session: Session) -> None:
    name, content = session.random.name(), session.random.word().encode()
    session.files.put(name, content)
    answer = _answer(session, "DELETE", f"/files/{name}")
    if answer.status >= 400 and session.files.read(name) != content:
        problem = f"DELETE was answered {answer.status}, and the file is no longer what it was"
        raise Failure(
            Kind.FILES,
            problem,
            expected="the file as before",
            actual=answer.head,
            hint="Look at the method before you act.",
        )


@check(
    "Requests by all methods, in turn and at once, MUST each get their own answer",
    cite="RFC 9112 9.3",
)
def all_methods(session: Session) -> None:
    build, word, name = session.build, session.random.word, session.random.name
    kinds = [
        lambda: build("GET", "/"),
        lambda: build("GET", f"/{word()}"),
        lambda: build("HEAD", f"/echo/{word()}"),
        lambda: build("OPTIONS", "/"),
        lambda: build("OPTIONS", f"/files/{name()}"),
        lambda: build("DELETE", f"/echo/{word()}"),
        lambda: build("DELETE", f"/files/{name()}"),
        lambda: build("POST", f"/files/{name()}", body=word().encode()),
        lambda: build(_unknown(session), "/"),
    ]
    with expect.left_to_another_check(Kind.CLOSED, Kind.SILENCE, Kind.INCOMPLETE, Kind.MALFORMED):
        expect.in_turn_and_at_once(session, expect.as_alone(session, kinds, OWN))


@check(
    "The answer to HEAD SHOULD have the Content-Type of GET", cite="RFC 9110 9.3.2", level=ADVICE
)
def type_of_head(session: Session) -> None:
    for target in _pages(session):
        if wanted := _answer(session, "GET", target).media_type:
            expect.media_type(_answer(session, "HEAD", target), wanted)


@check(
    "A method that the path does not have SHOULD be answered 405",
    cite="RFC 9110 15.5.6",
    level=ADVICE,
)
def says_405(session: Session) -> None:
    answer = _post(session, "")
    if answer.status >= 400:
        expect.status(
            answer, 405, hint="The path is there, and POST is known: it is only not allowed here."
        )


@check("A method that nobody knows SHOULD be answered 501", cite="RFC 9110 9.1", level=ADVICE)
def says_501(session: Session) -> None:
    _answer(session, "GET", "/")
    answer = _answer(session, _unknown(session), "/")
    if answer.status >= 400:
        expect.status(answer, 501, hint="405 says: not here. 501 says: nowhere on this server.")


@check("The name of a method SHOULD be compared with its case", cite="RFC 9110 9.1", level=ADVICE)
def minds_the_case(session: Session) -> None:
    expect.refused(
        _answer(session, "get", f"/echo/{session.random.word()}"),
        501,
        405,
        hint="Compare the method as it is: get is not GET.",
    )


@check("OPTIONS SHOULD be answered with what the path allows", cite="RFC 9110 9.3.7", level=ADVICE)
def options_of_root(session: Session) -> None:
    answer = _answer(session, "OPTIONS", "/")
    expect.status(
        answer, 200, 204, hint="An answer to OPTIONS needs no body: 204 and Allow are enough."
    )
    expect.member(expect.header(answer, "Allow", ALLOW), "GET", "Allow", ALLOW)


@check(
    "Allow SHOULD name all the methods that the path has, and no others",
    cite="RFC 9110 10.2.1",
    level=ADVICE,
)
def allow_is_true(session: Session) -> None:
    for page in reversed(_pages(session)):  # the longest list first
        wanted = ["GET", "HEAD", *["POST"] * page.startswith("/files/")]
        for method in ("OPTIONS", "DELETE"):
            allow = _answer(session, method, page).header("Allow")
            if allow is None or "GET" not in _members(allow):
                continue  # options_of_root and allows_get tell that
            for one in wanted:
                expect.member(allow, one, "Allow", ALLOW)
            for other in sorted(_members(allow).difference(wanted, UNTRIED)):
                expect.not_refused(_answer(session, other, page), f"Allow names {other}", ALLOW)


@check(
    "OPTIONS * SHOULD be answered for the server as a whole", cite="RFC 9110 9.3.7", level=ADVICE
)
def options_of_the_server(session: Session) -> None:
    answer = _answer(session, "OPTIONS", "*")
    expect.status(answer, 200, 204, hint="The target * is no path: answer it before you route.")


@check("204 (No Content) MUST NOT have a body or a length", cite="RFC 9110 8.6", level=ADVICE)
def no_length_of_204(session: Session) -> None:
    for method, target in (
        ("OPTIONS", "/"),
        ("OPTIONS", f"/echo/{session.random.word()}"),
        ("OPTIONS", "*"),
    ):
        connection = session.connect()
        answer = _ask(connection, session, method, target)
        if answer.status == 204:
            for name in ("Content-Length", "Transfer-Encoding"):
                expect.no_header(
                    answer, name, "204 has no body", "The client knows that 204 ends with its head."
                )
            expect.nothing_more(connection)
