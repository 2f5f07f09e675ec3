"""Has a send buffer of 4 KiB, so that a large body takes many turns.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2048)
        super().send(connection, head, body)


if __name__ == "__main__":
    Odd.main()
