"""The time limit begins with the first byte: a client that never sends one stays.

Caught by: slow-clients/silent
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def limit(self, client):
        pass

    def receive(self, client):
        came = super().receive(client)
        client.socket.settimeout(self.timeout)
        return came


Broken.main()
