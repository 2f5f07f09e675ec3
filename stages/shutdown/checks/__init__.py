"""Judges *shutdown*: a server that is asked to stop finishes what has begun, begins nothing new,
and ends."""

from contextlib import suppress
from dataclasses import dataclass

from grader.author import Connection, Failure, Session, check, expect

WITHIN_S = 3.0
END_S = 5.0
FINISH = (
    "Handle the signal, but do not end in the handler: only note that the server is to stop. Then"
    " close the listening socket, finish the requests that have begun, and end.",
    "Look at what ends first: the program, or the threads and tasks that serve the clients.",
    "Others left the handling to the default, which ends the program at once, called sys.exit in"
    " the handler, or had daemon threads, which end with the main thread.",
)
INTERRUPT = (
    "Ctrl-C sends SIGINT: give it the same handler as SIGTERM. Without one, Python raises"
    " KeyboardInterrupt in the main thread."
)
IDLE = (
    "Close the connections that wait for their next request: their clients may never send one, nor"
    " close."
)
NOTHING_NEW = "Close the listening socket first, before you wait for the requests under way."
END = (
    "Return from main when the last client has been served. Join only what ends by itself.",
    "Look for what still runs: a thread that waits in accept or recv, a timer, a child process.",
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A POST whose head and half of whose body have been read."""

    connection: Connection
    name: str
    body: bytes

    @classmethod
    def begun(cls, session: Session) -> "Upload":
        connection, name = session.connect(), session.random.name()
        body = session.random.word(100).encode()
        request = session.build("POST", f"/files/{name}", body=body)
        connection.send_slowly(request.head, body[:50])
        connection.until_read()
        return cls(connection, name, body)

    def finish(self, session: Session) -> None:
        """Send the rest, and read the answer."""
        with expect.under_way(session):
            self.connection.send(self.body[50:])
            expect.status(self.connection.read("POST", ends=False), 201)

    def leave(self, session: Session) -> None:
        """Finish, and close. What is answered is for other checks."""
        with suppress(Failure):
            self.finish(session)
        self.connection.close()


def idle_client(session: Session) -> Connection:
    """A connection that has had an answer, and waits."""
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    expect.status(connection.read(ends=False), 200)
    return connection


@check(
    "SIGTERM lets a request under way finish",
    "A server MUST finish a request that has begun before it ends on SIGTERM",
    cite="course: shutdown",
    hint=FINISH,
    own_launch=True,
)
def finishes_on_sigterm(session: Session) -> None:
    upload = Upload.begun(session)
    session.stop("SIGTERM")
    upload.finish(session)
    expect.stored(session, upload.name, upload.body, FINISH[0])


@check(
    "SIGINT lets a request under way finish",
    "A server MUST finish a request that has begun before it ends on SIGINT (Ctrl-C)",
    cite="course: shutdown",
    hint=INTERRUPT,
    own_launch=True,
)
def finishes_on_sigint(session: Session) -> None:
    upload = Upload.begun(session)
    session.stop("SIGINT")
    upload.finish(session)
    expect.stored(session, upload.name, upload.body, INTERRUPT)


@check(
    "Idle connections are closed",
    "A server MUST close connections that are idle after an answer within 3 s of SIGTERM",
    cite="RFC 9112 9.6",
    hint=IDLE,
    own_launch=True,
)
def closes_idle_connections(session: Session) -> None:
    idle = [idle_client(session) for _ in range(2)]
    Upload.begun(session)
    session.stop("SIGTERM")
    for connection in idle:
        expect.dropped(session, connection, WITHIN_S, "after SIGTERM, although it is idle")


@check(
    "No new request is answered",
    "A server MUST NOT answer a client that comes after SIGTERM",
    cite="course: shutdown",
    hint=NOTHING_NEW,
    own_launch=True,
)
def nothing_new(session: Session) -> None:
    Upload.begun(session)
    session.stop("SIGTERM")
    session.stops_listening(WITHIN_S)
    expect.serves_nobody_new(session)


@check(
    "The program ends after SIGTERM",
    "A server MUST end within 5 s when its last client has left after SIGTERM, and free its port",
    cite="course: shutdown",
    hint=END,
    own_launch=True,
)
def ends_on_sigterm(session: Session) -> None:
    upload = Upload.begun(session)
    session.stop("SIGTERM")
    upload.leave(session)
    expect.ends(session, END_S)


@check(
    "The program ends after SIGINT",
    "A server MUST end within 5 s when its last client has left after SIGINT (Ctrl-C)",
    cite="course: shutdown",
    hint=END,
    own_launch=True,
)
def ends_on_sigint(session: Session) -> None:
    upload = Upload.begun(session)
    session.stop("SIGINT")
    upload.leave(session)
    expect.ends(session, END_S)
