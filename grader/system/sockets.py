"""The kernel's tables of TCP and UDP sockets, asked over sock_diag: who listens, who waits, how
many bytes lie unread."""

from __future__ import annotations

import os
import socket
import struct
import threading
from typing import TYPE_CHECKING, Final, Self

from grader.errors import MachineError, lack
from grader.system.processes import place_of
from grader.system.tcp_socket import CLOSE_WAIT, ESTABLISHED, LISTEN, UNCONNECTED, TcpSocket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FAMILIES: Final = (socket.AF_INET, socket.AF_INET6)
_OPEN_STATES: Final = 1 << ESTABLISHED | 1 << CLOSE_WAIT | 1 << LISTEN

# linux/netlink.h, linux/sock_diag.h, linux/inet_diag.h
_NETLINK_SOCK_DIAG: Final = 4
_SOCK_DIAG_BY_FAMILY: Final = 20
_DUMP_REQUEST: Final = 0x301
_ERROR, _DONE = 2, 3
_HEADER: Final = struct.Struct("=IHHII")
# inet_diag_msg up to the addresses, ports in network order
_MESSAGE: Final = struct.Struct("!BBBBHH16s16s")
_COUNTS: Final = struct.Struct("=IIIII")  # expires, rqueue, wqueue, uid, inode
_COUNTS_AT: Final = 16 + 52
_INFO: Final = 2  # INET_DIAG_INFO, which is asked for by a bit: struct tcp_info of linux/tcp.h
_ATTRIBUTES_AT: Final = 16 + 72
_ATTRIBUTE: Final = struct.Struct("=HH")
_DELIVERED_AT: Final = 120  # tcpi_bytes_acked, since Linux 4.1
_DELIVERED: Final = struct.Struct("=Q")

MOST_SOCKETS: Final = 20_000
"""As many sockets one look tells of, and the descriptors of as many one question looks at."""


class SocketTable:
    """Holds one netlink socket, to be closed by its owner. `None` where the kernel does not offer
    sock_diag. Raises `MachineError` when there are no more sockets."""

    def __init__(self) -> None:
        self._netlink: socket.socket | None = None
        self._lock = threading.Lock()
        try:
            self._netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_SOCK_DIAG)
        except AttributeError:  # another system
            pass
        except OSError as error:
            if lacks := lack(error):
                raise MachineError(lacks) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._netlink is not None:
            self._netlink.close()

    def look(
        self,
        states: int = _OPEN_STATES,
        *,
        port: int = 0,
        peer_port: int = 0,
        protocol: int = socket.IPPROTO_TCP,
        counted: bool = False,
    ) -> tuple[TcpSocket, ...] | None:
        """Every listening or connected TCP socket, IPv4 and IPv6, or those in these states, and
        with these ports; connects to nothing. Of more than `MOST_SOCKETS` only so many.

        states: one bit for each TCP state number. protocol: IPPROTO_UDP for those of UDP. counted:
        with what each has `delivered`.
        """
        if self._netlink is None:
            return None
        try:
            with self._lock:
                dumps = (
                    self._dump(self._netlink, family, states, (port, peer_port), protocol, counted)
                    for family in _FAMILIES
                )
                return tuple(s for dump in dumps for s in dump)
        except OSError:
            return None

    def listeners(self, port: int = 0) -> tuple[TcpSocket, ...] | None:
        """Every listening TCP socket, or those on a port: cheaper than `look` where many are
        connected."""
        return self.look(1 << LISTEN, port=port)

    def takers(self, port: int = 0) -> tuple[TcpSocket, ...] | None:
        """Every UDP socket that takes datagrams from anybody, or those on a port."""
        found = self.look(1 << UNCONNECTED, port=port, protocol=socket.IPPROTO_UDP)
        return found and tuple(s for s in found if port in (0, s.port))

    def _dump(
        self,
        netlink: socket.socket,
        family: int,
        states: int,
        ports: tuple[int, int],
        protocol: int,
        counted: bool,
    ) -> Iterator[TcpSocket]:
        """The kernel leaves out other ports than these, ours and the peer's; what is too much is
        taken from it, and not looked at. Raises OSError when it does not know the protocol."""
        request = struct.pack("=BBBBI", family, protocol, counted << (_INFO - 1), 0, states)
        request += struct.pack("!HH44x", *ports)
        head = _HEADER.pack(_HEADER.size + len(request), _SOCK_DIAG_BY_FAMILY, _DUMP_REQUEST, 1, 0)
        netlink.send(head + request)
        found = 0
        while True:
            data, at = netlink.recv(1 << 18), 0
            while at < len(data):
                size, kind, *_ = _HEADER.unpack_from(data, at)
                if kind == _ERROR and protocol != socket.IPPROTO_TCP:
                    raise OSError("the kernel does not tell of such sockets")
                if kind in (_ERROR, _DONE):
                    return
                if (found := found + 1) <= MOST_SOCKETS:
                    yield _parse(data, at, size)
                at += (size + 3) & ~3


def listeners_of(
    table: SocketTable, pids: Iterable[int], port: int = 0, *, udp: bool = False
) -> tuple[TcpSocket, ...]:
    """The listening sockets that these processes hold, or those on a port; all there are, where
    their owners cannot be seen. udp: those that take datagrams, instead."""
    listening = table.takers(port) if udp else table.listeners(port)
    if listening is None:
        from grader.system import portable

        return tuple(s for s in portable.listeners(pids, udp=udp) if port in (0, s.port))
    own = inodes_of(pids) if listening else frozenset()
    return listening if own is None else tuple(s for s in listening if s.inode in own)


def _parse(messages: bytes, at: int, length: int) -> TcpSocket:
    family, state, _, _, port, peer_port, *addresses = _MESSAGE.unpack_from(
        messages, at + _HEADER.size
    )
    _, unread, unsent, _, inode = _COUNTS.unpack_from(messages, at + _COUNTS_AT)
    size = 4 if family == socket.AF_INET else 16
    address, peer = (socket.inet_ntop(family, raw[:size]) for raw in addresses)
    delivered = _delivered(messages, at + _ATTRIBUTES_AT, at + length)
    return TcpSocket(state, address, port, peer_port, unread, unsent, inode, peer, delivered)


def _delivered(messages: bytes, at: int, end: int) -> int | None:
    """What the attributes of a message say, if they do: netlink(7) for how they are laid out."""
    while at + _ATTRIBUTE.size <= end:
        length, kind = _ATTRIBUTE.unpack_from(messages, at)
        begins = at + _ATTRIBUTE.size + _DELIVERED_AT
        if kind == _INFO and begins + _DELIVERED.size <= at + length <= end:
            return int(_DELIVERED.unpack_from(messages, begins)[0])
        at += max((length + 3) & ~3, _ATTRIBUTE.size)
    return None


def inodes_of(pids: Iterable[int]) -> frozenset[int] | None:
    """The inodes of all sockets that these processes hold open; `None` when one of them may not be
    looked at, or when they have more than `MOST_SOCKETS` descriptors."""
    found: set[int] = set()
    try:
        for count, link in enumerate(_links(pids), start=1):
            if count > MOST_SOCKETS:
                return None
            if link.startswith("socket:["):
                found.add(int(link[8:-1]))
    except PermissionError:
        return None
    return frozenset(found)


def _links(pids: Iterable[int]) -> Iterator[str]:
    """What the descriptors of these processes stand for; "" for one that is gone."""
    for pid in pids:
        try:
            descriptors = os.listdir(place := f"{place_of(pid)}/fd")
        except FileNotFoundError:
            # it ended meanwhile, or this is not Linux: either way it holds nothing we can see
            continue
        for descriptor in descriptors:
            try:
                yield os.readlink(f"{place}/{descriptor}")
            except OSError:
                yield ""
