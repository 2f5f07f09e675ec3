"""Judges *udp-echo*: every datagram comes back to who sent it."""

from collections.abc import Mapping

from grader.author import Failure, Kind, check
from grader.author.udp import UdpSession, UdpSocket, expect

EVERY_BYTE = bytes(range(256))
ETHERNET = 1400
BYTES = "Send back the bytes that recvfrom returned, and do not decode them."
BACK = "recvfrom says where a datagram came from: send it back to this address."


def echo(client: UdpSocket, data: bytes) -> None:
    client.send(data)
    expect.echoed(client, data)


def line(session: UdpSession) -> bytes:
    return f"{session.random.word()}\n".encode()


@check(
    "A datagram comes back",
    "A server MUST send each datagram back to its sender, from the port that it came to",
    cite="course: udp-echo",
    hint=BACK,
)
def comes_back(session: UdpSession) -> None:
    echo(session.socket(), line(session))


@check(
    "The same datagram once more comes back, too",
    "A server MUST send back a datagram that is the same as the one before",
    cite="course: udp-echo",
    hint="Do not compare with what came before: the same datagram once more is another one.",
    asks=("udp-echo/comes_back",),
)
def same_again(session: UdpSession) -> None:
    client, data = session.socket(), line(session)
    echo(client, data)
    if client.may_get_copies or client.nothing_comes():  # what is unasked is another check's
        echo(client, data)


@check(
    "Each client gets its own datagrams",
    "A server MUST send each datagram back to the client that it came from",
    cite="course: udp-echo",
    hint=BACK,
)
def several_clients(session: UdpSession) -> None:
    sent = {session.socket(): line(session) for _ in range(3)}
    for client, data in sent.items():
        client.send(data)
    for client, data in reversed(sent.items()):
        expect.echoed(client, data)
    echo(session.socket(), line(session))
    _only_their_own(sent)


def _only_their_own(sent: Mapping[UdpSocket, bytes]) -> None:
    """No client has got the datagram of another one; a second copy of its own is right."""
    for client, data in sent.items():
        while client.has_come(0):
            if (came := client.receive()) != data and came in sent.values():
                raise Failure(
                    Kind.MISMATCH,
                    "Your server sent the datagram of one client to another one, too.",
                    expected=data,
                    actual=came,
                    offset=0,
                    hint="Send each datagram to one address: the one that recvfrom gave with it.",
                )


@check(
    "Every byte value comes back",
    "A server MUST send back all 256 byte values unchanged",
    cite="course: udp-echo",
    hint=BYTES,
    asks=("udp-echo/comes_back",),
)
def every_byte(session: UdpSession) -> None:
    echo(session.socket(), session.random.word().encode() + EVERY_BYTE + b"\n")


@check(
    "Line ends and blanks come back",
    "A server MUST send back a datagram as it came, with or without a line end",
    cite="course: udp-echo",
    hint=BYTES,
    asks=("udp-echo/several_clients",),
)
def line_ends(session: UdpSession) -> None:
    word = session.random.word().encode()
    for data in (word, b" " + word + b"\r\n\n\t" + word + b"\r \r\n"):
        echo(session.socket(), data)


@check(
    "A datagram of 1,400 bytes comes back whole",
    "A server MUST send back a datagram of 1,400 bytes whole",
    cite="course: udp-echo",
)
def a_full_packet(session: UdpSession) -> None:
    echo(session.socket(), session.random.word(ETHERNET).encode())
