"""Judges *concurrency*: no client, however slow, silent or rude, keeps the server from answering
the others."""

from grader.author import Connection, Session, check, expect

CLIENTS = 32
OWN = "Do not share the data of one connection: pass it to the handler as an argument."
EACH_ITS_OWN = (
    "Do not let one client block the others: give each connection its own thread or task,"
    " or use an event loop.",
    "Look at the loop around accept: nothing in it may wait for one client (recv, join, await).",
    "Others started the thread and waited for its end, called the handler where they meant to"
    " pass it (target=handle(client)), or had a pool that silent clients fill.",
)
GONE = (
    "Sending to a client that has left fails (BrokenPipeError, ConnectionResetError; in C, the"
    " signal SIGPIPE): handle that for this client alone, and serve the others."
)
LEFT = "If recv returns b'', the client has left: close the connection, and do not parse anything."
SURVIVE = "Catch errors for each connection, so that one client cannot stop the server."


@check(
    "Silent clients do not block others",
    "A server MUST answer a client while others are connected and silent",
    cite="RFC 9112 9.4",
    hint=EACH_ITS_OWN,
)
def silent_clients(session: Session) -> None:
    for _ in range(2):
        session.connect().until_read()
    expect.status(session.get("/", ends=False), 200)


@check(
    "Answers come in the order of the requests",
    "A server MUST answer connections in the order of their requests, not of their opening",
    cite="course: concurrency",
    hint=EACH_ITS_OWN,
)
def reverse_order(session: Session) -> None:
    connections = [session.connect() for _ in range(5)]
    for connection in reversed(connections):
        connection.ask(session.build("GET", "/"))
        expect.status(connection.read(ends=False), 200)


@check(
    "Each of many clients gets its own answer",
    "A server MUST give each of many clients at once its own answer",
    cite="course: concurrency",
    hint=EACH_ITS_OWN,
)
def many_clients(session: Session) -> None:
    words, clients = [session.random.word() for _ in range(CLIENTS)], dict[Connection, str]()
    # a pool takes as many as it has workers, and one more when one has left
    while words and session.all_accepted():
        clients[session.connect()] = words.pop(0)
    for connection, word in clients.items():
        connection.ask(session.build("GET", f"/echo/{word}"))
    while clients:
        connection = session.next_to_answer(clients)
        expect.body(connection.read(ends=False), clients.pop(connection).encode(), hint=OWN)
        connection.close()
        if words and (session.all_accepted() or not clients):
            clients[connection := session.connect()] = (word := words.pop(0))
            connection.ask(session.build("GET", f"/echo/{word}"))


@check(
    "Half a request does not block others",
    "A client that sends half a request and waits MUST NOT block others",
    cite="RFC 9112 9.5",
    hint=EACH_ITS_OWN,
)
def half_a_request(session: Session) -> None:
    connection = session.connect()
    connection.send(session.build("GET", "/").to_bytes()[:20])
    connection.until_read()
    expect.status(session.get("/", ends=False), 200)


@check(
    "A client that leaves silently does not stop the server",
    "A client that connects and leaves without sending anything MUST NOT stop the server",
    cite="RFC 9112 9.5",
    hint=LEFT,
)
def silent_leave(session: Session) -> None:
    connection = session.connect()
    connection.until_read()
    connection.close()
    expect.running(session)
    expect.serves_others(session)


@check(
    "A connection reset does not stop the server",
    "A client that resets its connection MUST NOT stop the server",
    cite="RFC 9293 3.5.2",
    hint=SURVIVE,
)
def reset(session: Session) -> None:
    connection = session.connect()
    connection.send(session.build("GET", "/").to_bytes()[:10])
    connection.until_read()
    connection.abort()
    expect.running(session)
    expect.serves_others(session)


def _leave_early(session: Session) -> None:
    """Clients that end their side, close or reset before they have their answer."""
    for _ in range(4):
        session.connect().send_and_leave(
            session.build("GET", f"/echo/{session.random.word()}").to_bytes()
        )
        expect.running(session)
    for leave, times in ((Connection.end_sending, 2), (Connection.abort, 10)):
        for _ in range(times):
            connection = session.connect()
            connection.ask(session.build("GET", f"/echo/{session.random.word()}"))
            leave(connection)
            expect.running(session)


@check(
    "A client that leaves early does not stop the server",
    "A client that leaves before its answer is sent MUST NOT stop the server",
    cite="RFC 9112 9.5",
    hint=GONE,
)
def gone_before_the_answer(session: Session) -> None:
    _leave_early(session)
    expect.serves_others(session)


@check(
    "Garbage does not stop the server",
    "A client that sends garbage MUST NOT stop the server",
    cite="RFC 9112 2.2",
    hint=SURVIVE,
)
def garbage(session: Session) -> None:
    for rubbish in (
        f"{session.random.word()}\r\n\r\n".encode(),
        session.random.blob(64) + b"\r\n\r\n",
    ):
        connection = session.connect()
        connection.send(rubbish)
        connection.until_read()
        connection.close()
        expect.running(session)
    expect.serves_others(session)
