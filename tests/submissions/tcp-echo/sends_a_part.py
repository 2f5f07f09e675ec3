"""The socket has a timeout and a small buffer: send takes a part of the bytes, and the rest is forgotten.

Caught by: tcp-echo/a_mebibyte, tcp-echo/after_the_half_close
"""

import socket
import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def accept(self, listener):
        client = super().accept(listener)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        client.settimeout(60)
        return client

    def send(self, client, data):
        client.send(data)


Broken.main()
