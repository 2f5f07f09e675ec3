"""Who posts, and who has left."""

from grader.author import Failure, Kind, Session, check, expect

from . import LEAVES, arrives, post, words


@check(
    "A POST without a subscriber is answered",
    "A POST MUST be answered at once when no client has subscribed",
    cite="course: events",
    hint="Write to the subscribers that there are, and answer: do not wait for one.",
)
def nobody_listens(session: Session) -> None:
    for word in words(session, 2):
        post(session, word)
    arrives(session, session.random.word())


@check(
    "One that leaves disturbs no other",
    "A subscriber that leaves MUST NOT keep an event from the others",
    cite="course: events",
    hint=LEAVES,
    asks=(
        "events/each_at_once",
        "events/every_subscriber",
    ),
)
def one_leaves(session: Session) -> None:
    streams = [session.subscribe("/events") for _ in range(4)]
    streams[1].close()
    streams[2].abort()
    for word in words(session, 4):
        post(session, word)
        expect.event_for_all((streams[0], streams[3]), word)
    expect.running(session)


@check(
    "Python's requests can post a text",
    "An ordinary client (Python's requests) MUST be able to post a text",
    cite="course: events",
    hint="Take the body as the text, whatever Content-Type the client sends, or none.",
)
def ordinary_client(session: Session) -> None:
    stream, word = session.subscribe("/events"), session.random.word()
    with session.requests_client() as client:
        answer = client.post(session.url("/events"), data=word.encode())
    if answer.status_code // 100 != 2:
        raise Failure(
            Kind.MISMATCH,
            f"The POST of Python's requests got the status {answer.status_code}, not 2xx.",
            expected="a status from 200 to 299",
            actual=f"status {answer.status_code}",
        )
    expect.event(stream, word)
