"""When the rest of a request does not come, the connection is closed without 408.

Caught by: slow-clients/says_408
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def give_up(self, client):
        pass


Broken.main()
