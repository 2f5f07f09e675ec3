"""When more than one request has come at once, it closes after the first answer.

Caught by: pipelining/in_order
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def wants_close(self, client, request):
        return bool(client.buffer) or super().wants_close(client, request)


Broken.main()
