"""How a client's end of a connection is closed so that the server's port is free for the next launch."""

from __future__ import annotations

import socket
import struct

_RESET = struct.pack("ii", 1, 0)  # struct linger: on, 0 s


def hang_up(connection: socket.socket, *, ended: bool) -> None:
    """Close. Where the server closed first (`ended`, or seen now), reset, which it never notices: its port would stay
    in TIME_WAIT, and a later launch without SO_REUSEADDR would not get it."""
    if ended or _is_closed_by_server(connection):
        reset(connection)
    else:
        connection.close()


def reset(connection: socket.socket) -> None:
    """Reset, as a client that crashes does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()


def _is_closed_by_server(connection: socket.socket) -> bool:
    try:
        return not connection.recv(1, socket.MSG_PEEK)
    except OSError:
        return False
