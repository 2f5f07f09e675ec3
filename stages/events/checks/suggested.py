"""What a stream of events should do beyond that."""

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import EACH, LEAVES, arrives, post, words

MANY = 32
TEXT, FLOOD = 30_000, 200
"""So many bytes, so many times: more than a connection holds that nobody reads (4 MiB)."""
LEFT = 10
ENDS = "A lone \\r ends a line of the stream, too. Split the text at \\r\\n, \\n and \\r."


@check(
    "The stream begins before the first event",
    "A server SHOULD send the head of GET /events at once, before there is an event",
    cite="WHATWG HTML 9.2.3",
    hint="Send the head at once, and flush it: until then, a page does not know of its connection.",
    level=ADVICE,
)
def begins_at_once(session: Session) -> None:
    stream = session.subscribe("/events")
    if stream.response is None:
        raise Failure(
            Kind.SILENCE,
            "No head came: your server sends it with the first event.",
            expected="HTTP/1.1 200 ... and the header lines",
            actual="nothing yet",
            connection=stream.number,
        )
    expect.event_stream(stream)


@check(
    "Every kind of line end separates lines",
    "A line end of a text SHOULD be found in each of its forms: CR LF, LF and CR",
    cite="WHATWG HTML 9.2.6",
    hint=ENDS,
    level=ADVICE,
    asks=("events/each_at_once", "events/lines"),
)
def every_line_end(session: Session) -> None:
    stream = session.subscribe("/events")
    for end in ("\r\n", "\r"):
        text = words(session, 3)
        post(session, end.join(text))
        expect.event(stream, "\n".join(text), hint=ENDS)


@check(
    "Blanks at the start of a line stay",
    "Blanks at the start of a line SHOULD reach the subscriber",
    cite="WHATWG HTML 9.2.6",
    hint="A client removes one blank after data: alone. Send one, then the line as it is.",
    level=ADVICE,
    asks=("events/lines",),
)
def blanks_stay(session: Session) -> None:
    first, second = words(session, 2)
    arrives(session, f"  {first}\n    {second}")


@check(
    "Thirty-two subscribers get the event",
    "A server SHOULD send an event to 32 subscribers",
    cite="course: events",
    hint=EACH,
    level=ADVICE,
    asks=("events/every_subscriber",),
)
def many_subscribers(session: Session) -> None:
    streams = [session.subscribe("/events") for _ in range(MANY)]
    word = session.random.word()
    post(session, word)
    expect.event_for_all(streams, word)


@check(
    "One that does not read keeps nothing from others",
    "A subscriber that does not read SHOULD NOT keep an event from the others",
    cite="course: events",
    hint=(
        "Writing to a client that does not read waits without end. Give each subscriber a queue,"
        " and let a thread or a task of its own write what is there.",
        "A queue needs a limit: close the connection of a client that lets too much wait.",
    ),
    level=ADVICE,
    asks=(
        "events/each_at_once",
        "events/every_subscriber",
    ),
)
def one_never_reads(session: Session) -> None:
    session.subscribe("/events")
    text = session.random.word(TEXT)
    for _ in range(FLOOD):
        post(session, text)
    arrives(session, session.random.word())


@check(
    "A subscriber that has left is forgotten",
    "A server SHOULD close the connections of subscribers that have left",
    cite="course: events",
    hint=LEAVES,
    level=ADVICE,
    asks=(
        "events/each_at_once",
        "events/every_subscriber",
        "events/one_leaves",
    ),
)
def forgotten(session: Session) -> None:
    stream = session.subscribe("/events")
    before = session.descriptors()
    gone = [session.subscribe("/events") for _ in range(LEFT)]
    for one in gone:
        one.close()
    for word in words(session, 4):
        post(session, word)
        expect.event(stream, word)
    after = session.descriptors(at_most=None if before is None else before + LEFT // 2)
    if before is not None and after is not None and after - before > LEFT // 2:
        raise Failure(
            Kind.RESOURCE,
            f"{after - before} file descriptors are still open for {LEFT} subscribers that left.",
            expected="the connections are closed when a write to them fails",
            actual=f"{before} file descriptors before, {after} after",
        )
