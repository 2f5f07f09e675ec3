"""The handler raises on every request, and what catches the error leaves the connection open without an answer.

Caught by: ok/answers_200
"""

import socket
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    opened: list[socket.socket] = []

    def handle(self, client):
        self.opened.append(client.socket.dup())
        super().handle(client)

    def root(self, request):
        raise RuntimeError("not implemented")


Broken.main()
