"""Clients that stay: of a server that computes for ever for each client that has left."""

from __future__ import annotations

import select
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import socket


MOST: Final = 200
"""How many stay: fewer than the threads that a program may have."""


class Guests:
    """Our ends of connections to one launch of a program, which stay open until that has ended.

    The kernel ends a connection when its last descriptor is closed: what is kept here is a second
    one, and who has made the connection closes the first as always. Checks that run beside each
    other may ask at the same time.
    """

    def __init__(self) -> None:
        self._kept: list[socket.socket] = []
        self._lock = threading.Lock()
        self._over = False

    def keep(self, connection: socket.socket) -> bool:
        """This one stays, whoever closes it: whether there is room for it."""
        with self._lock:
            has_room = not self._over and len(self._kept) < MOST
            if has_room:
                self._kept.append(connection.dup())
            return has_room

    @property
    def count(self) -> int:
        """How many are here that the program has neither closed nor told anything since."""
        poller = select.poll()
        with self._lock:
            for one in self._kept:
                poller.register(one, select.POLLIN)
            return len(self._kept) - len(poller.poll(0))

    def leave(self) -> None:
        """Close them all; who comes later does not stay."""
        with self._lock:
            self._over = True
            for one in self._kept:
                one.close()
            self._kept.clear()
