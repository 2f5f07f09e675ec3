"""A text stays one event, whatever its lines are."""

from grader.author import Session, check, expect

from . import LINES, arrives, post, posted, words

TEXT = "Grüße, 世界 🙂"


@check(
    "Two lines are one event",
    "A text of several lines MUST reach the subscriber as one event with all its lines",
    cite="WHATWG HTML 9.2.6",
    hint=LINES,
    asks=("events/each_at_once",),
)
def lines(session: Session) -> None:
    stream = session.subscribe("/events")
    for text in ("\n".join(words(session, 2)), "\n".join(words(session, 5)), session.random.word()):
        post(session, text)
        expect.event(stream, text)


@check(
    "An empty line does not end the event",
    "An empty line in the text MUST stay a part of its event",
    cite="WHATWG HTML 9.2.6",
    hint="An empty line of the text is sent as data: with nothing after it.",
    asks=("events/lines",),
)
def empty_line(session: Session) -> None:
    arrives(session, "\n\n".join(words(session, 2)))


@check(
    "A text cannot forge an event",
    "Lines of the text that look like fields MUST stay text",
    cite="WHATWG HTML 9.2.6",
    hint="Send data: before every line, whatever the line holds.",
    asks=("events/lines",),
)
def looks_like_fields(session: Session) -> None:
    first, second, third = words(session, 3)
    arrives(session, f"{first}\ndata: {second}\nevent: {third}\n: {first}\nid: 1\nretry: 1")


@check(
    "The stream is UTF-8",
    "The stream MUST be encoded as UTF-8",
    cite="WHATWG HTML 9.2.6",
    hint="Read the text as UTF-8, and encode the events as UTF-8.",
)
def utf8(session: Session) -> None:
    arrives(session, f"{session.random.word()} {TEXT}")


@check(
    "A long text comes whole",
    "A text of 30,000 bytes in many lines MUST reach the subscriber as one event",
    cite="course: events",
    hint="Keep calling recv until as many bytes of the body have come as Content-Length says.",
    asks=("events/lines",),
)
def long_text(session: Session) -> None:
    text = "\n".join(session.random.word(99) for _ in range(300))
    stream, request = session.subscribe("/events"), posted(session, text)
    connection = session.connect()
    connection.send_slowly(request.head, request.body[:10_000], request.body[10_000:])
    expect.taken(connection.read("POST", ends=False))
    expect.event(stream, text)
