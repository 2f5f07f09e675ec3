"""After an exception the connections of all clients are closed, to be on the safe side.

Caught by: errors/others_are_unharmed
"""

import contextlib
import socket
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.clients = set()

    def read_request(self, client):
        self.clients.add(client)
        request = super().read_request(client)
        self.clients.discard(client)
        return request

    def on_error(self, request, error):
        for client in list(self.clients):
            with contextlib.suppress(OSError):  # it has gone
                client.socket.shutdown(socket.SHUT_RDWR)
        return super().on_error(request, error)


Broken.main()
