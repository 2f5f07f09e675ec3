"""After 400 it goes on with the next request.

Caught by: pipelining/malformed_ends_it
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def turn_away(self, client, status):
        self.send(client, self.to_bytes(self.refusal(status)))
        self.converse(client)


Broken.main()
