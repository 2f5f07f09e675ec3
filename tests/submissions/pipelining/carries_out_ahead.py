"""Uploads that have come are stored as soon as they are in the buffer, before their turn.

Caught by: pipelining/nothing_behind_is_stored
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def turn_away(self, client, status):
        while client.buffer:
            self.respond(self.read_request(client), close=True)
        super().turn_away(client, status)


Broken.main()
