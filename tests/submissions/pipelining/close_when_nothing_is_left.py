"""Connection: close counts when nothing is left in the buffer.

Caught by: pipelining/nothing_after_close
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def wants_close(self, client, request):
        return super().wants_close(client, request) and not client.buffer


Broken.main()
