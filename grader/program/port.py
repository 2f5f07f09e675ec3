"""A port whose server is dead: what the kernel still keeps of its connections is ended, so that the
next one can bind.

Whoever closes first keeps its end in TIME_WAIT for a minute, and a server without SO_REUSEADDR
cannot bind its port meanwhile. Where the network is ours alone, `tcp_max_tw_buckets` is 0 and there
is no such end. Elsewhere a client that connects again between the same two ports is told of the old
connection, does not know it, and resets it: RFC 1337 calls that the assassination of TIME_WAIT. No
program notices, for an orphan, whose inode is 0, belongs to none.
"""

from __future__ import annotations

import contextlib
import ipaddress
import select
import socket
import time
from typing import TYPE_CHECKING, Final

from grader.system.tcp_socket import LISTEN
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.system.sockets import SocketTable

_FIN_WAIT1, _FIN_WAIT2, _TIME_WAIT, _LAST_ACK, _CLOSING = 4, 5, 6, 9, 11  # linux/tcp_states.h
_ENDING: Final = sum(
    1 << state for state in (_FIN_WAIT1, _FIN_WAIT2, _TIME_WAIT, _LAST_ACK, _CLOSING)
)
_STEP_S: Final = 0.002
_HELD_S: Final = 1.0  # while the other end is still open, somebody decides when it ends
# TIME_WAIT ends by itself: waited for only where net.ipv4.tcp_rfc1337 forbids more
_LONGEST_S: Final = 61.0


class _Orphan(Value, frozen=True):
    """What a dead server has left of a connection: its own address, and the other end's."""

    address: str
    peer: str
    peer_port: int


def end_orphans(table: SocketTable, port: int, own: Collection[int] = ()) -> None:
    """End what is left of the connections to this port of loopback, as far as that goes at once,
    unless somebody listens there.

    own: our ports of the connections that we made, for systems that do not show what is left.
    """
    for orphan in _orphans(table, port, own):
        _end(orphan, port)


def vacate(table: SocketTable, port: int) -> None:
    """Wait until nothing is left that would keep a program from binding the port, while there is
    hope."""
    began = time.monotonic()
    while _orphans(table, port):
        end_orphans(table, port)
        if not (left := _orphans(table, port)):
            return
        held = {orphan.peer_port for orphan in left} <= _open_ends(table, port)
        if time.monotonic() - began > (_HELD_S if held else _LONGEST_S):
            return
        select.select([], [], [], _STEP_S)  # no event for it


def is_held(table: SocketTable, port: int) -> bool:
    """Whether the kernel still keeps something of a connection to this port, of whomever, while
    nobody listens there: then only a server with SO_REUSEADDR can bind it."""
    found = table.look(_ENDING | 1 << LISTEN, port=port) or ()
    return bool(found) and not any(it.state == LISTEN or it.inode for it in found)


def _orphans(table: SocketTable, port: int, own: Collection[int] = ()) -> list[_Orphan]:
    if (found := table.look(_ENDING | 1 << LISTEN, port=port)) is None:
        return [_Orphan("127.0.0.1", "127.0.0.1", peer_port) for peer_port in own]
    if any(it.state == LISTEN for it in found):
        return []
    ends = [
        (_on_loopback(it.address), _on_loopback(it.peer), it.peer_port)
        for it in found
        if not it.inode
    ]
    return [_Orphan(*end) for end in ends if all(end)]


def _on_loopback(address: str) -> str:
    """The address, as IPv4 if it is; empty when it is not on loopback: then the other end is
    elsewhere."""
    parsed = ipaddress.ip_address(address)
    plain = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(plain) if plain.is_loopback else ""


def _open_ends(table: SocketTable, port: int) -> set[int]:
    """The ports of the other ends that a program still holds."""
    return {it.port for it in table.look(peer_port=port) or () if it.inode}


def _end(orphan: _Orphan, port: int) -> None:
    """Connect between the same two ports. Does nothing where the other end is still somebody's."""
    family = socket.AF_INET6 if ":" in orphan.address else socket.AF_INET
    with socket.socket(family) as again, contextlib.suppress(OSError):
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.setblocking(False)
        again.bind((orphan.peer, orphan.peer_port))
        again.connect((orphan.address, port))
