"""A request with two framings is read by its chunks, and the connection stays open.

Caught by: malformed/closes_after_both
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def refuse_both(self, request):
        del request.headers["content-length"]


Broken.main()
