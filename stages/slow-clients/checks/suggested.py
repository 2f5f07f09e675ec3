"""What else a server should do about clients that are slow, silent, or many."""

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import WITHIN_S, begun, half_head, half_upload, held_up, is_answered_at_once

SILENT = 200
LARGE = 32 << 20
TAKEN = 16 << 10


@check(
    "Two hundred silent clients do not hold up others",
    "A server SHOULD answer at once while two hundred others are connected and silent",
    cite="RFC 9112 9.4",
    hint=(
        "Do not let a silent client occupy a worker until its time is up: use an event loop, or a"
        " thread for each connection."
    ),
    level=ADVICE,
)
def many_silent_clients(session: Session) -> None:
    at_once = is_answered_at_once(session)
    for _ in range(SILENT):
        session.connect_accepted()
    silent = (
        "python3 -c 'import socket, time;"
        f' c = [socket.create_connection(("localhost", {{port}})) for _ in range({SILENT})];'
        " time.sleep(2)'"
    )
    if not is_answered_at_once(session) and at_once:
        raise held_up(f"because {SILENT} others are silent", silent)


@check(
    "A request that stops half way gets 408",
    "A server SHOULD answer 408 when the rest of a request does not come",
    cite="RFC 9110 15.5.9",
    hint="Before you close, send 408 Request Timeout if a part of a request has come.",
    level=ADVICE,
    asks=(
        "slow-clients/stops_in_the_head",
        "slow-clients/stops_in_the_body",
        "slow-clients/serves_on",
    ),
    beside=True,
)
def says_408(session: Session) -> None:
    for connection in begun(session, half_head(session), half_upload(session)):
        connection.ends_within(WITHIN_S)
        if not connection.rest:
            raise Failure(
                Kind.CLOSED,
                "Your server closed the connection without 408, although a request had begun.",
                expected="408 Request Timeout",
                actual="end of connection",
            )
        expect.status(connection.read(ends=False), 408)


@check(
    "A client that stops reading is dropped",
    "A server SHOULD drop a client that reads nothing of its answer for 3 s",
    cite="RFC 9112 9.5",
    hint=(
        "Set a time limit for sending, too: sendall and drain wait until the client reads.",
        "Look at how the answer is sent: does the time limit of the socket apply there?",
    ),
    level=ADVICE,
    beside=True,
)
def stops_reading(session: Session) -> None:
    name = session.random.name()
    session.files.put(name, bytes(LARGE))
    connection = session.connect()
    connection.ask(session.build("GET", f"/files/{name}"))
    taken, whole = 0, connection.deadline(session.budgets.message)
    while taken < TAKEN and (data := connection.read_some(TAKEN - taken, whole)):
        taken += len(data)
    why = "although the client does not read its answer"
    expect.let_go(session, connection, WITHIN_S, why, session.url(f"/files/{name}"))
