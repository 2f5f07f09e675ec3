"""Judges *datagrams*: a datagram is a request, and one datagram answers it."""

from grader.author import check
from grader.author.udp import UdpSession, expect


@check(
    "PING is answered",
    "The datagram PING MUST be answered with the datagram PONG",
    cite="course: datagrams",
)
def answers(session: UdpSession) -> None:
    expect.datagram(session.ask(b"PING\n"), b"PONG\n", hint="A datagram ends with \\n, too.")


@check(
    "A value comes back",
    "GET MUST answer VALUE and the value that SET has stored under the key",
    cite="course: datagrams",
)
def comes_back(session: UdpSession) -> None:
    key, value = session.random.word(), session.random.word()
    session.ask(f"SET {key} {value}\n".encode())
    expect.datagram(
        session.ask(f"GET {key}\n".encode()),
        f"VALUE {value}\n".encode(),
        hint="Answer as over TCP, from the same dictionary.",
    )


@check(
    "Each answer goes to the client that asked",
    "An answer MUST be sent to the address that its request came from",
    cite="course: datagrams",
)
def to_the_one_who_asked(session: UdpSession) -> None:
    first, second = session.socket(), session.socket()
    first.send(b"PING\n")
    second.send(f"GET {session.random.word()}\n".encode())
    back = "recvfrom says where a datagram came from: send the answer there."
    expect.datagram(first.receive(), b"PONG\n", hint=back)
    expect.datagram(second.receive(), b"NONE\n", hint=back)
