"""Closes one connection after the other, and waits on each until its client has gone, as gunicorn's threads do.

passes: all
fails: none
advice: none
"""

import contextlib
import socket
import threading

from right import Server

LINGER_S = 2.0


class Odd(Server):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.one_at_a_time = threading.Lock()

    def leave(self, connection):
        with self.one_at_a_time, contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(LINGER_S)
            while connection.recv(65536):
                pass


if __name__ == "__main__":
    Odd.main()
