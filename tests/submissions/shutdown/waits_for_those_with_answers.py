"""Connections that have had an answer are waited for: only those without a request are closed.

Caught by: shutdown/closes_idle_connections
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def send(self, client, data):
        super().send(client, data)
        client.answered += 1

    def is_idle(self, client):
        return super().is_idle(client) and not client.answered


Broken.main()
