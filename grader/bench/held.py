"""What the kernel shows of a server's connections while it is under load. Pure.

A load generator counts the answers that came. A client that never gets one is in no percentile: a
server that serves one client well and lets all others wait looks fast. So we look at the server's
ends of the connections, several times in each run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.system.tcp_socket import ESTABLISHED, LISTEN
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.system.tcp_socket import TcpSocket


class ConnectionLook(Value, frozen=True):
    """One look. at_s: when, in seconds. accepted: how many connections the program had accepted, of
    those whose clients were there. delivered: how many bytes each client had got by then, by its
    port; of those that the program had not accepted, too."""

    at_s: float
    accepted: int
    delivered: Mapping[int, int]


class HeldConnections(Value, frozen=True):
    """What several looks come to.

    looks: how many. most: the most connections that the program had accepted at one look. served,
    waiting: how many of the clients that were there from the first look to the last, `apart_s`
    seconds later, got bytes meanwhile, and how many got none.
    """

    looks: int
    most: int
    served: int
    waiting: int
    apart_s: float


def look_at(sockets: Iterable[TcpSocket], at_s: float) -> ConnectionLook:
    """One look at the sockets of the server's port."""
    ends = [socket for socket in sockets if socket.state != LISTEN]
    return ConnectionLook(
        at_s,
        sum(end.inode != 0 and end.state == ESTABLISHED for end in ends),
        {end.peer_port: end.delivered for end in ends if end.delivered is not None},
    )


def held(looks: Sequence[ConnectionLook]) -> HeldConnections | None:
    """None where there were not two looks."""
    if len(looks) < 2:
        return None
    first, last = looks[0], looks[-1]
    stayed = [
        count == last.delivered[port]
        for port, count in first.delivered.items()
        if port in last.delivered
    ]
    most = max(look.accepted for look in looks)
    return HeldConnections(
        len(looks), most, stayed.count(False), stayed.count(True), last.at_s - first.at_s
    )
