"""It closes the connection without an answer when a request is malformed.

Caught by: pipelining/malformed_ends_it
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def turn_away(self, client, status):
        pass


Broken.main()
