"""What else a server should do when it is asked to stop."""

from grader.author import ADVICE, Session, check, expect

from . import NOTHING_NEW, WITHIN_S, Upload

LARGE = 15 << 20
SOON_S = 1.0  # some look for their note only now and then


@check(
    "A large answer under way comes whole",
    "A server SHOULD send an answer that has begun to its end, also after SIGTERM",
    cite="course: shutdown",
    hint="Wait for the clients that still read: sending to them is a request under way, too.",
    level=ADVICE,
    own_launch=True,
)
def sends_all(session: Session) -> None:
    name, content = session.random.name(), session.random.word(1 << 10).encode() * (LARGE >> 10)
    session.files.put(name, content)
    connection = session.connect()
    connection.ask(session.build("GET", f"/files/{name}"))
    connection.answer_begins()
    session.stop("SIGTERM")
    with expect.under_way(session):
        answer = connection.read()
    expect.status(answer, 200)
    expect.body(answer, content)


@check(
    "A connection without a request is closed",
    "A server SHOULD close a connection on which nothing has come within 3 s of SIGTERM",
    cite="RFC 9112 9.5",
    hint="A connection on which nothing has come is idle, too: close it.",
    level=ADVICE,
    own_launch=True,
)
def closes_silent_connections(session: Session) -> None:
    silent = session.connect()
    silent.until_read()
    Upload.begun(session)
    session.stop("SIGTERM")
    why = "after SIGTERM, although nothing has come on it"
    expect.dropped(session, silent, WITHIN_S, why)


@check(
    "New connections are refused",
    "A server SHOULD stop listening after SIGTERM, so that new connections are refused",
    cite="course: shutdown",
    hint=NOTHING_NEW,
    level=ADVICE,
    asks=("shutdown/nothing_new",),
    own_launch=True,
)
def refuses_new_connections(session: Session) -> None:
    Upload.begun(session)
    session.stop("SIGTERM")
    session.stops_listening(SOON_S)
    expect.refuses(session)
