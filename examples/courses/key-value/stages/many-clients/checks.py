"""Judges *many-clients*: no client waits for another one."""

from grader.author import check
from grader.author.tcp import TcpSession, expect

CLIENTS = 8
EACH = "Give each client a thread, or watch all of them at once (selectors, asyncio)."


@check(
    "A silent client keeps nobody waiting",
    "A client MUST be served while another one is connected and says nothing",
    cite="course: many-clients",
)
def silent_client(session: TcpSession) -> None:
    session.connect_accepted()
    expect.line(session.connect().ask("PING"), "PONG", hint=EACH)


@check(
    "Many silent clients keep nobody waiting",
    "A client MUST be served while eight others are connected",
    cite="course: many-clients",
)
def silent_clients(session: TcpSession) -> None:
    for _ in range(CLIENTS):
        session.connect_accepted()
    expect.line(session.connect().ask("PING"), "PONG", hint=EACH)


@check(
    "Half a line keeps nobody waiting",
    "A client MUST be served while another one has sent a part of a line",
    cite="course: many-clients",
)
def half_a_line(session: TcpSession) -> None:
    slow = session.connect_accepted()
    slow.send(b"PI")
    expect.line(session.connect().ask("PING"), "PONG", hint=EACH)
    slow.send(b"NG\n")
    expect.line(slow.read_line(), "PONG", hint="Each connection has bytes of its own.")


@check(
    "A client that leaves takes nobody with it",
    "The server MUST go on serving after a client has reset its connection",
    cite="course: many-clients",
)
def one_leaves(session: TcpSession) -> None:
    stays, leaves = session.connect_accepted(), session.connect_accepted()
    leaves.ask("PING")
    leaves.send(b"PING\n" * 3)
    leaves.abort()
    stays.settle()
    expect.line(stays.ask("PING"), "PONG", hint="Only the connection of that client is over.")
