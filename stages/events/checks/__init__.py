"""Judges *events*: what is posted reaches every subscriber, each text as one event."""

from collections.abc import Sequence

from grader.author import Request, Session, check, expect

AT_ONCE = (
    "Keep a list of all clients of GET /events. A POST writes the event to each of them, and"
    " flushes it."
)
EACH = (
    "Each subscriber needs its own queue, or its own entry in your list: what one takes is not gone"
    " for the others."
)
LINES = "Split the text at its line ends, and send data: before each line."
LEAVES = (
    "When a write to one subscriber fails, remove this one from the list, and go on with the"
    " others.",
    "Look at the loop in the handler of POST: what happens when the second of three writes raises?",
)


def posted(session: Session, text: str) -> Request:
    """POST /events with this text as its body, in UTF-8."""
    kind = ("Content-Type", "text/plain; charset=utf-8")
    return session.build("POST", "/events", headers=[kind], body=text.encode())


def post(session: Session, text: str) -> None:
    expect.taken(session.exchange(posted(session, text), ends=False))


def arrives(session: Session, text: str) -> None:
    """A subscriber gets the text, as one event."""
    stream = session.subscribe("/events")
    post(session, text)
    expect.event(stream, text)


def words(session: Session, count: int) -> Sequence[str]:
    return [session.random.word() for _ in range(count)]


@check(
    "A posted text reaches a subscriber",
    "A text that is posted to /events MUST reach a client that reads GET /events, as an event",
    cite="WHATWG HTML 9.2.6",
    hint=AT_ONCE,
)
def reaches_a_subscriber(session: Session) -> None:
    arrives(session, session.random.word())


@check(
    "Each of several events comes at once",
    "Each event MUST reach the subscriber as soon as it is posted, without waiting for another one",
    cite="course: events",
    hint="Leave the connection open after an event, and wait for the next one in a loop.",
)
def each_at_once(session: Session) -> None:
    stream = session.subscribe("/events")
    for word in words(session, 3):
        post(session, word)
        expect.event(stream, word)


@check(
    "The same text once more is another event",
    "A text that is the same as the one before MUST reach a subscriber as another event",
    cite="course: events",
    hint="Do not compare with what came before: the same text once more is another one.",
    asks=("events/each_at_once",),
)
def same_again(session: Session) -> None:
    stream, word = session.subscribe("/events"), session.random.word()
    for _ in range(2):
        post(session, word)
        expect.event(stream, word)


@check(
    "Every subscriber gets every event",
    "An event MUST reach all clients that have subscribed",
    cite="course: events",
    hint=EACH,
    asks=("events/each_at_once",),
)
def every_subscriber(session: Session) -> None:
    streams = [session.subscribe("/events") for _ in range(3)]
    for word in words(session, 2):
        post(session, word)
        expect.event_for_all(streams, word)


@check(
    "A page gets the event with onmessage",
    "An event MUST come without a type, so that onmessage of a page gets it",
    cite="WHATWG HTML 9.2.6",
    hint="Leave out the line event: its value is the type of the event.",
)
def is_a_message(session: Session) -> None:
    stream = session.subscribe("/events")
    post(session, session.random.word())
    expect.plain_type(stream)
