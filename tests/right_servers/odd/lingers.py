"""Shuts down its side first, and closes when the client has closed too or 2 s have passed.

passes: all
fails: none
advice: none
"""

import contextlib
import socket

from right import Server


class Odd(Server):
    def leave(self, connection):
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(2)
            while connection.recv(65536):
                pass


if __name__ == "__main__":
    Odd.main()
