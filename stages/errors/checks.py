"""Judges *errors*: an exception in a handler becomes a 500 that tells nothing, and harms nobody."""

from grader.author import ADVICE, Failure, Kind, Request, Session, check, expect

CATCH = (
    "Catch every exception of a handler in one place, and answer 500 there.",
    "Look where your server calls the handler: what happens when it raises?",
    "Others caught only some kinds of exceptions, answered 200, or closed the connection.",
)
TELL_NOBODY = (
    "Send a fixed text with the 500, and write what was raised to standard error.",
    "Look for where the exception becomes a part of the answer: its body, a header or the reason.",
    "Others sent str(exception), the page of a debugger, or the traceback.",
)
MANY = 40
ODD = ("%FF", "%ED%A0%80", "%00", "%C3%BC", "%0D%0A", "%25s%25n", "%7B0%7D", "%E2%82%AC", "")


def boom(session: Session, word: str) -> Request:
    return session.build("GET", f"/boom?word={word}")


@check(
    "An exception in a handler becomes a 500",
    "A server MUST answer GET /boom?word=..., whose handler raises an exception, with 500",
    cite="RFC 9110 15.6.1",
    hint=CATCH,
)
def raises_500(session: Session) -> None:
    expect.status(session.exchange(boom(session, session.random.word()), ends=False), 500)


@check(
    "The client can tell where the 500 ends",
    "The client MUST be able to tell where a 500 ends (Content-Length, chunked, or close)",
    cite="RFC 9112 6.3",
    hint="Send the 500 by the function that sends all other answers: it knows Content-Length.",
)
def end_is_told(session: Session) -> None:
    session.exchange(boom(session, session.random.word()))


@check(
    "The 500 does not contain the exception's message",
    "A server MUST NOT send the message of an exception to the client",
    cite="course: errors",
    hint=TELL_NOBODY,
)
def keeps_the_message(session: Session) -> None:
    word = session.random.word()
    expect.keeps_to_itself(session.exchange(boom(session, word), ends=False), word)


@check(
    "The 500 does not contain a stack trace",
    "A server MUST NOT send a stack trace, or a part of one, to the client",
    cite="course: errors",
    hint=TELL_NOBODY,
)
def shows_no_stack_trace(session: Session) -> None:
    answer = session.exchange(boom(session, session.random.word()), ends=False)
    expect.shows_no_stack_trace(answer)


@check(
    "The 500 does not contain a path of the program",
    "A server MUST NOT tell the client where the files of its program are",
    cite="course: errors",
    hint=TELL_NOBODY,
    asks=("errors/shows_no_stack_trace",),
)
def shows_no_path(session: Session) -> None:
    answer = session.exchange(boom(session, session.random.word()), ends=False)
    expect.shows_no_path(session, answer)


@check(
    "After many exceptions the server serves on",
    "A server MUST serve its clients after many exceptions as before",
    cite="course: errors",
    hint=(
        "Go on after an exception as after every other request.",
        "Look what an exception leaves behind: a thread that ended, a lock, a connection.",
        "Others lost one thread of their pool with each exception, until none was left.",
    ),
)
def serves_on(session: Session) -> None:
    for _ in range(MANY):
        answer = session.exchange(boom(session, session.random.word()), ends=False)
        expect.status(answer, 500)
    answer = session.get("/time", ends=False)
    if answer.status != 200:
        raise Failure(
            Kind.MISMATCH,
            f"After {MANY} exceptions GET /time is answered with {answer.status}, not with 200.",
            expected="status 200, as before",
            actual=answer.head,
        )
    expect.listening(session)


@check(
    "Another client is served while one gets a 500",
    "A server MUST answer other clients, whatever the request of one of them raises",
    cite="course: errors",
    hint="Catch the exception where one request is handled, not around the loop that serves all.",
)
def others_are_unharmed(session: Session) -> None:
    request = session.build("GET", "/time").to_bytes()
    half, other = session.connect(), session.connect()
    half.send(request[:20])
    other.ask(boom(session, session.random.word()))
    other.something_comes()  # a server of one thread answers in turn
    half.send(request[20:])
    try:
        expect.status(half.read("GET", ends=False), 200)
    except Failure as failure:
        if failure.kind is not Kind.CLOSED:
            raise
        raise Failure(
            Kind.CLOSED,
            "When a handler raised an exception, your server closed the connection of another"
            " client.",
            expected="an answer to GET /time",
            actual="end of connection",
            says_all=True,
        ) from failure
    half.close()
    expect.status(other.read(ends=False), 500)


@check(
    "An odd word in the message does not end the program",
    "An exception MUST NOT stop the server, whatever its message is",
    cite="course: errors",
    hint="Printing a message can raise, too: escape what the terminal cannot show, as repr does.",
)
def odd_words_are_survived(session: Session) -> None:
    expect.all_survived(session, [boom(session, word) for word in ODD])


@check(
    "An odd word gets 500, too",
    "A server SHOULD answer 500 whatever the message of the exception is",
    cite="RFC 9110 15.6.1",
    hint="What you do with an exception can raise, too: first of all make the answer.",
    asks=("errors/odd_words_are_survived",),
    level=ADVICE,
)
def odd_words_get_500(session: Session) -> None:
    for word in ODD:
        expect.status(session.exchange(boom(session, word), ends=False), 500)
