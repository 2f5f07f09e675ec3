"""How a client ends a connection: by FIN, as usual, or by a reset, as if it crashed."""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import Final

_RESET: Final = struct.pack("ii", 1, 0)  # struct linger: on, 0 s
_CHUNK: Final = 1 << 16
_MOST_UNREAD: Final = 16 << 20  # of a server that sends without an end


def hang_up(connection: socket.socket) -> None:
    """Close by FIN. The kernel resets instead where bytes lie unread (RFC 9293 3.6.1), so what is
    there is read."""
    unread = 0
    with contextlib.suppress(OSError):
        while unread < _MOST_UNREAD and (data := connection.recv(_CHUNK, socket.MSG_DONTWAIT)):
            unread += len(data)
    connection.close()


def reset(connection: socket.socket) -> None:
    """Reset, as a client that crashes does. Only for what a check is about: a server may die of
    it."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()
