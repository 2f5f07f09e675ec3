"""A program that takes datagrams, as the checks meet it."""

from __future__ import annotations

import socket

from grader.program.server import Server


class DatagramServer(Server):
    """One running server and the UDP port that it is bound to.

    Its clients share one socket of it, so nothing can be said of one client's alone. And what is on
    its way to a socket is in no table: that nothing will come is decided by the budget.
    """

    def connect(self, timeout_s: float) -> socket.socket:
        """A socket of a client, from which datagrams go to the server. Raises OSError."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        opened = socket.socket(family, socket.SOCK_DGRAM)
        opened.settimeout(timeout_s)
        try:
            opened.connect((self.address, self.port))
        except OSError:
            opened.close()
            raise
        return opened

    @property
    def listening(self) -> bool:
        found = self._sockets.takers(self.port)
        return found is None or bool(found)

    @property
    def has_unread(self) -> bool:
        """Whether a datagram lies in its socket."""
        return any(s.unread for s in self._sockets.takers(self.port) or ())
