"""What many clients, rude ones and slow ones should not cost."""

from grader.author import ADVICE, Failure, Kind, check
from grader.author.tcp import TcpSession, expect

from . import EACH, echo, line, lines

CLIENTS = 32
LEFT = 40_000
FLOOD = 64 << 20
MOST_KEPT = 32 << 20
MIB = 1 << 20
WAIT = (
    "Read no more from a client that does not read: wait until your bytes are sent (in asyncio:"
    " await writer.drain(), in Node: pipe), then call recv again."
)

POURS = f"""\
python3 - <<'END'
import socket
client = socket.create_connection(("localhost", {{port}}), 3)
client.sendall(b"x" * {FLOOD})
print("all was taken")  # TimeoutError when the server stops reading
END"""


@check(
    "All that is left comes after the client's end",
    "A server SHOULD send back all bytes after a client has closed its half, then close",
    cite="RFC 9293 3.6",
    hint=(
        "That recv returns no bytes only means that the client sends no more. Send what is left,"
        " then close the connection."
    ),
    level=ADVICE,
)
def after_the_half_close(session: TcpSession) -> None:
    connection, data = session.connect(), lines(session, LEFT)
    connection.send_and_end(data)
    came = connection.read_until_close()
    if data.startswith(came) and came != data:
        raise Failure(
            Kind.INCOMPLETE,
            f"Your server closed the connection after {len(came)} of {len(data)} bytes: it lost the"
            " rest when the client closed its half.",
            expected=data,
            actual=came,
            offset=len(came),
        )
    expect.data(came, data)


@check(
    "Thirty-two clients at once get their own bytes",
    "A server SHOULD serve 32 clients at the same time",
    cite="course: tcp-echo",
    hint=EACH,
    level=ADVICE,
    asks=("tcp-echo/two_clients",),
)
def many_clients(session: TcpSession) -> None:
    clients = {session.connect_accepted(): line(session) for _ in range(CLIENTS)}
    for connection, data in clients.items():
        connection.send(data)
    for connection, data in clients.items():
        expect.echoed(connection, data)


@check(
    "A connection reset ends only one connection",
    "A client that resets its connection SHOULD NOT stop the server",
    cite="RFC 9293 3.5.2",
    hint="Catch the errors of recv and send for each connection: only that client is gone.",
    level=ADVICE,
    asks=("tcp-echo/next_client",),
)
def reset(session: TcpSession) -> None:
    for _ in range(3):
        connection = session.connect()
        echo(connection, line(session))
        connection.send(line(session))
        connection.abort()
        expect.running(session)
    echo(session.connect(), line(session))


@check(
    "A client that does not read holds up no other",
    "A server SHOULD serve a client while another one sends much and reads nothing",
    cite="course: tcp-echo",
    hint=(
        "Your server waits until this one client has read. Give each client a thread; in an event"
        " loop, send only as much as the socket takes."
    ),
    level=ADVICE,
    asks=("tcp-echo/two_clients",),
)
def slow_reader(session: TcpSession) -> None:
    connection = session.connect_accepted()
    session.connect_accepted().pour(FLOOD)
    echo(connection, line(session))
    echo(session.connect(), line(session))


@check(
    "A client that does not read costs little memory",
    "A server SHOULD NOT keep all that a client sends who never reads",
    cite="course: tcp-echo",
    hint=WAIT,
    level=ADVICE,
    own_launch=True,
    asks=("tcp-echo/without_a_line_end",),
)
def memory(session: TcpSession) -> None:
    connection = session.connect()
    echo(connection, line(session))
    before = session.memory()
    poured = connection.pour(FLOOD)
    connection.settle()
    after = session.memory()
    if before is not None and after is not None and after - before > MOST_KEPT:
        raise Failure(
            Kind.RESOURCE,
            f"Your server keeps what a client does not read: its memory grew by more than"
            f" {MOST_KEPT // MIB} MiB while one client sent {poured // MIB} MiB.",
            expected="a server that stops reading until the client reads",
            actual="a server that has read on, and kept everything",
            by_hand=POURS,
        )
