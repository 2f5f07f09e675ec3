"""Connections on which nothing has come are waited for: only those that had an answer are closed.

Caught by: shutdown/closes_silent_connections
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def send(self, client, data):
        super().send(client, data)
        client.answered += 1

    def is_idle(self, client):
        return super().is_idle(client) and client.answered


Broken.main()
