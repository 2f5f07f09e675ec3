"""The largest datagram, the smallest one, and clients that are gone."""

from grader.author import ADVICE, Failure, Kind, check
from grader.author.udp import UdpSession, expect

from . import echo, line

LARGEST = 65_507
GONE = 3


@check(
    "The largest datagram comes back whole",
    "A server SHOULD send back a datagram of 65,507 bytes, the most that UDP over IPv4 takes",
    cite="RFC 768",
    level=ADVICE,
    asks=("udp-echo/a_full_packet",),
)
def largest(session: UdpSession) -> None:
    echo(session.socket(), session.random.blob(LARGEST // 2).hex().encode() + b"\n")


@check(
    "An empty datagram ends nothing",
    "A server SHOULD go on serving after a datagram without any bytes",
    cite="RFC 768",
    hint="With UDP an empty result of recvfrom is a datagram without bytes: nobody has left.",
    level=ADVICE,
    asks=("udp-echo/several_clients",),
)
def empty_ends_nothing(session: UdpSession) -> None:
    session.socket().send(b"")
    expect.running(session)
    echo(session.socket(), line(session))


@check(
    "An empty datagram comes back",
    "A server SHOULD answer a datagram without any bytes with one like it",
    cite="RFC 768",
    hint=(
        "A datagram may be empty: send an empty one back. The sendto of an asyncio transport sends"
        " none before Python 3.13; that of a socket does."
    ),
    level=ADVICE,
    asks=("udp-echo/empty_ends_nothing",),
)
def empty_comes_back(session: UdpSession) -> None:
    echo(session.socket(), b"")


@check(
    "A client that is gone ends nothing",
    "A server SHOULD go on serving when its answer finds no client any more",
    cite="RFC 1122 4.1.3.3",
    hint=(
        "The error of a send or a recvfrom (connection refused) is about one client that is gone:"
        " catch it, and serve the next one."
    ),
    level=ADVICE,
    asks=("udp-echo/several_clients",),
)
def gone(session: UdpSession) -> None:
    for _ in range(GONE):
        session.socket().send_and_leave(line(session))
        expect.running(session)
    echo(session.socket(), line(session))


@check(
    "Nothing is sent unasked",
    "A server SHOULD send one datagram for each that it receives, and nothing else",
    cite="course: udp-echo",
    hint="Send each datagram back once.",
    level=ADVICE,
    asks=("udp-echo/several_clients",),
)
def nothing_unasked(session: UdpSession) -> None:
    client = session.socket()
    echo(client, line(session))
    if not client.may_get_copies and not client.nothing_comes():
        raise Failure(
            Kind.MISMATCH,
            "Your server sent a second datagram, and the client had sent one.",
            expected="one datagram for each that the client sends",
        )
