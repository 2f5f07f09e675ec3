"""What psutil can say of processes on systems without /proc; imported only there, for it costs 15
ms."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import psutil

from grader.system.tcp_socket import LISTEN, UNCONNECTED, TcpSocket

if TYPE_CHECKING:
    from collections.abc import Iterable


def descendants(pid: int) -> tuple[int, ...]:
    """As `processes.descendants`."""
    with contextlib.suppress(psutil.Error):
        return tuple(child.pid for child in psutil.Process(pid).children(recursive=True))
    return ()


def listeners(pids: Iterable[int], *, udp: bool = False) -> tuple[TcpSocket, ...]:
    """The listening TCP sockets of these processes, or those of UDP that take datagrams from
    anybody; queue lengths are not known here and 0."""
    kind, state = ("udp", UNCONNECTED) if udp else ("tcp", LISTEN)
    found = []
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            found += [
                TcpSocket(state, connection.laddr.ip, connection.laddr.port, 0, 0, 0, 0)
                for connection in psutil.Process(pid).net_connections(kind)
                if (not connection.raddr if udp else connection.status == psutil.CONN_LISTEN)
            ]
    return tuple(found)
