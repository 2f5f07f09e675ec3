"""A chunked body is read until the client closes the connection.

Caught by: chunked/ordinary_client
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_chunks(self, client):
        while self.receive(client):
            pass


Broken.main()
