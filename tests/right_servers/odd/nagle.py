"""Leaves Nagle's algorithm on, and sends every line in a call of its own.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
        for line in head.splitlines(keepends=True):
            connection.sendall(line)
        connection.sendall(body)


if __name__ == "__main__":
    Odd.main()
