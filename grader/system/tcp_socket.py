"""A TCP socket as the system knows it, whichever way it was asked."""

from __future__ import annotations

from typing import Final

from grader.value import Value

ESTABLISHED: Final = 1
CLOSE_WAIT: Final = 8
UNCONNECTED: Final = 7  # TCP_CLOSE: of UDP, a socket that takes datagrams from anybody
LISTEN: Final = 10


class TcpSocket(Value, frozen=True):
    """One socket of this network namespace.

    state: a TCP state number (`LISTEN`, `ESTABLISHED`, ...).
    unread: bytes received and not yet read; of a listener, connections not yet accepted.
    unsent: bytes written and not yet acknowledged by the other side.
    inode: the number that /proc/<pid>/fd shows as `socket:[inode]`; 0 while no process has it.
    peer: the other side's address.
    delivered: bytes written and acknowledged by the other side; None unless it was asked for.
    """

    state: int
    address: str
    port: int
    peer_port: int
    unread: int
    unsent: int
    inode: int
    peer: str = ""
    delivered: int | None = None
