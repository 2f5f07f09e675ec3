"""A body may have any length, and each read looks up ten times a second."""

import contextlib
import sys

sys.path[0] += "/../../submissions"
from hardened_server import HardenedServer


class Ticking(HardenedServer):
    def check_body_size(self, size):
        pass

    def receive(self, client):
        while True:
            client.socket.settimeout(0.1)
            with contextlib.suppress(TimeoutError):
                return super().receive(client)


Ticking.main()
