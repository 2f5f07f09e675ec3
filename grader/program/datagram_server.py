"""A program that takes datagrams, as the checks meet it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from grader.program.server import Server
from grader.system.sockets import inodes_of
from grader.system.tcp_socket import ESTABLISHED

if TYPE_CHECKING:
    from collections.abc import Callable


class DatagramServer(Server):
    """One running server and the UDP port that it is bound to.

    Its clients share one socket of it, so nothing can be said of one client's alone. And what is on
    its way to a socket is in no table: that nothing will come is decided by the budget.
    """

    def connect(self, timeout_s: float) -> socket.socket:
        """A socket of a client, from which datagrams go to the server. Raises OSError."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        opened = socket.socket(family, socket.SOCK_DGRAM)
        # so that another socket of ours can take what comes to its address from elsewhere
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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
    def takes_from_one(self) -> bool:
        """Whether it has connected its socket to one client, so that it takes no other's."""
        mask, protocol = 1 << ESTABLISHED, socket.IPPROTO_UDP
        found = self._sockets.look(mask, port=self.port, protocol=protocol) or ()
        own = inodes_of(self.program.tree()) or ()
        return any(s.port == self.port and s.inode in own for s in found)

    def silent(self, seconds: float) -> Callable[[], bool]:
        """A question to ask again and again: will nothing come for so many seconds? Yes when every
        thread sleeps as long, and no byte is under way between its own processes. What is sent on
        the loopback interface has arrived, or is lost."""
        asleep = self.asleep_for(seconds)
        return lambda: asleep() and self._only_we_can_wake_it(None)

    @property
    def has_unread(self) -> bool:
        """Whether a datagram lies in its socket."""
        return any(s.unread for s in self._sockets.takers(self.port) or ())
