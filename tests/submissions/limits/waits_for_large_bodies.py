"""A body may have any length: it is waited for, until the client is hung up on.

Caught by: limits/announced_body, limits/length_overflows, limits/nothing_is_smuggled, limits/others_are_served, limits/announced_chunk, limits/growing_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def limit(self, client):
        client.socket.settimeout(self.timeout or 1.5)

    def check_body_size(self, size):
        pass

    def give_up(self, client):
        pass


Broken.main()
