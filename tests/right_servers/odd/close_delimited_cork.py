"""Tells the end of a body by closing, a second after the kernel has been given the body under a cork.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import socket
import time

from right import Server


class Odd(Server):
    def frame(self, response):
        """No length: the end of the connection is the end of the body."""

    def closes(self, request):
        return True

    def send(self, connection, head, body):
        connection.sendall(head)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        connection.sendall(body)

    def leave(self, connection):
        time.sleep(0.3)


if __name__ == "__main__":
    Odd.main()
