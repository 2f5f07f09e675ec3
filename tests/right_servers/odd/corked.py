"""Corks the socket for each answer, and takes the cork out after it.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(head)
        connection.sendall(body)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)


if __name__ == "__main__":
    Odd.main()
