"""Eleven bytes are waited for before any are sent back.

Caught by: tcp-echo/without_a_line_end
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def receive(self, client):
        data = client.recv(65536)
        while 0 < len(data) < 11 and (more := client.recv(65536)):
            data += more
        return data


Broken.main()
