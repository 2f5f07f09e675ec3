"""Never takes the cork out, so that the kernel sends each answer after 200 ms.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(head + body)


if __name__ == "__main__":
    Odd.main()
