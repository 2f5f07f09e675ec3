"""POST is a method of the server, so every path has it.

Caught by: methods/refuses_post
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def allowed(self, path):
        allowed = super().allowed(path)
        return None if allowed is None else {*allowed, "POST"}


Broken.main()
