"""Clients that stay: of a server that computes for ever for each client that has left."""

from __future__ import annotations

import select
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket


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

    def keep(self, connection: socket.socket) -> None:
        """This one stays, whoever closes it."""
        with self._lock:
            if not self._over:
                self._kept.append(connection.dup())

    @property
    def count(self) -> int:
        """How many are here, and have not been closed by the program."""
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
