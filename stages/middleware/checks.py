"""Judges *middleware*: headers that each answer has, whichever part of the program made it."""

from collections.abc import Iterator

from grader.author import ADVICE, Request, Response, Session, check, expect

ID = "X-Request-ID"
EACH = (
    "Add the headers in one place, which every answer passes on its way out.",
    "Look which function sends the answers that lack them: it goes around that place.",
    "Others added the headers in the handlers, and forgot files and errors.",
)
FRESH = (
    "Make a new id for each request, such as a random UUID.",
    "Print the id of each request, and where it comes from.",
    "Others made one id when the program started, or kept the last one that a client had sent.",
)
CLIENTS = (
    "Send back the id of the client, unchanged, when it has 1 to 64 of the allowed characters."
)
ALLOWED = (
    "Compare the whole id: only A-Z, a-z, 0-9, dot, underscore and minus, 1 to 64 of them.",
    "Print the id and what your pattern says of it.",
    "Others matched the beginning alone, cut the id after 64 characters, or removed what is wrong.",
)
SIGNS = "ABYZabyz0189._-"
MANY = 10


def request(session: Session, target: str = "/time", sent: str | None = None) -> Request:
    headers = [] if sent is None else [(ID, sent)]
    return session.build("GET", target, headers=headers)


def asked(session: Session, target: str = "/time", sent: str | None = None) -> Response:
    return session.exchange(request(session, target, sent), ends=False)


def answers(session: Session) -> Iterator[tuple[str, Response]]:
    """An answer of each kind, with what it is."""
    expect.put(session.files, name := session.random.name(), session.random.blob(100))
    user = f"/users/{session.random.number(1, 99999)}"
    yield "answer of a route", asked(session, user)
    yield "answer for a path that does not exist", asked(session, f"/{session.random.word()}")
    yield "answer to a wrong method", session.post(user, b"")
    yield "answer with a file", asked(session, f"/{name}")


@check(
    "The answer has an X-Request-ID",
    "A server MUST send the header X-Request-ID with an id in it",
    cite="course: middleware",
    hint=EACH,
)
def has_an_id(session: Session) -> None:
    expect.request_id(asked(session))


@check(
    "Each request gets a new id",
    "A server MUST make a new id for each request that has none",
    cite="course: middleware",
    hint=FRESH,
)
def ids_are_new(session: Session) -> None:
    expect.different_ids([asked(session) for _ in range(MANY)])


@check(
    "An id of the client comes back",
    "A server MUST send the client's X-Request-ID back when it is well-formed",
    cite="course: middleware",
    hint=CLIENTS,
)
def keeps_the_clients(session: Session) -> None:
    word = session.random.word
    ids = (word(), word(1), word(64), f"{word(5)}.{word(5)}_{word(5)}-{word(5)}", word().upper())
    for sent in (*ids, word(15, letters=SIGNS), "-._"):
        expect.same_id(asked(session, sent=sent), sent)


@check(
    "The id is found whatever the case of X-Request-ID",
    "A server MUST find the header X-Request-ID whatever the case of its name",
    cite="RFC 9110 5.1",
    hint="Compare names of headers in small letters.",
    asks=("middleware/keeps_the_clients",),
)
def any_case(session: Session) -> None:
    for name in ("x-request-id", "X-REQUEST-ID", "X-Request-Id"):
        sent = session.random.word()
        answer = session.get("/time", headers=[(name, sent)], ends=False)
        expect.same_id(answer, sent)


@check(
    "An id that is not well-formed is replaced",
    "A server MUST make a new id when the client's is empty, too long or has other characters",
    cite="course: middleware",
    hint=ALLOWED,
)
def replaces_others(session: Session) -> None:
    word = session.random.word()
    for sign in ' "<>/\\;:,=%&+@~':
        sent = f"{word}{sign}{word}"
        expect.fresh_id(asked(session, sent=sent), sent, word)
    for sent in (word * 7, f"{word}!", f"#{word}", word + "-" * 55, "$" * 20):
        expect.fresh_id(asked(session, sent=sent), sent, word)
    expect.request_id(asked(session, sent=""))


@check(
    "The id adds no header to the answer",
    "An X-Request-ID MUST NOT add another header to the answer",
    cite="course: middleware",
    hint="Check the id after all decoding, and the whole of it: $ also matches before a line end.",
)
def adds_no_header(session: Session) -> None:
    word = session.random.word()
    for end in ("%0D%0A", "%0A", "%0d", "\r", "\r\n ", "\\r\\n", "%E5%98%8A%E5%98%8D"):
        sent = request(session, sent=f"{word}{end}X-{word}: 1")
        expect.no_header_from_the_name(session, sent, f"X-{word}")
        sent = request(session, sent=f"{word}{end}X-{word}:1")
        expect.no_header_from_the_name(session, sent, f"X-{word}")
    expect.serves_others(session)


@check(
    "An id comes with 404, a wrong method and files, too",
    "A server MUST send X-Request-ID with every answer: of routes, files, 404 and 405",
    cite="course: middleware",
    hint=EACH,
)
def every_answer_has_an_id(session: Session) -> None:
    for what, answer in answers(session):
        expect.request_id(answer, what=what)


@check(
    "Each answer has its own client's id",
    "A server MUST send each client the id of its own request, whatever others send meanwhile",
    cite="course: middleware",
    hint="Keep the id with its request, not in a variable that all requests share.",
    asks=("middleware/keeps_the_clients", "middleware/every_answer_has_an_id"),
)
def ids_apart(session: Session) -> None:
    slow, quick = session.connect(), session.connect()
    first, second = session.random.word(), session.random.word()
    held = session.build("POST", "/users/1", headers=[(ID, first)], body=b"a=1")
    slow.send(held.head)
    quick.ask(request(session, sent=second))
    quick.something_comes()  # a server of one thread answers in turn
    slow.send(held.body)
    expect.same_id(slow.read("POST", ends=False), first, other=second)
    slow.close()
    expect.same_id(quick.read(ends=False), second, other=first)
    quick.close()
    expect.fresh_id(asked(session), second, second, FRESH)


@check(
    "The answer has X-Content-Type-Options: nosniff",
    "A server MUST send the header X-Content-Type-Options: nosniff",
    cite="course: middleware",
    hint="Add X-Content-Type-Options: nosniff in the same place as the id.",
)
def forbids_sniffing(session: Session) -> None:
    expect.no_sniffing(asked(session))


@check(
    "Also 404, a wrong method and files forbid sniffing",
    "A server MUST send nosniff with every answer: of routes, files, 404 and 405",
    cite="course: middleware",
    hint=EACH,
    asks=("middleware/forbids_sniffing",),
)
def every_answer_forbids_sniffing(session: Session) -> None:
    for what, answer in answers(session):
        expect.no_sniffing(answer, what=what)


@check(
    "A 500 has both headers, too",
    "A server SHOULD send X-Request-ID and nosniff with a 500: then its log can be searched",
    cite="course: middleware",
    hint="Let the place that adds headers lie around the one that catches exceptions.",
    asks=("middleware/forbids_sniffing",),
    level=ADVICE,
)
def error_has_both(session: Session) -> None:
    answer = asked(session, f"/boom?word={session.random.word()}")
    expect.request_id(answer, what="500")
    expect.no_sniffing(answer, what="500")
