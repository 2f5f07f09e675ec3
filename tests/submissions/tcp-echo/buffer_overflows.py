"""The bytes of a client are kept in an array of 64 KiB, and nothing is read when it is full.

Caught by: tcp-echo/a_mebibyte
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def echo(self, client):
        kept = b""
        while len(kept) < 65536 and (data := client.recv(65536 - len(kept))):
            kept += data
            self.send(client, data)
        while client.recv(65536):
            pass


Broken.main()
