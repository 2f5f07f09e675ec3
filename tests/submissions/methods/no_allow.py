"""A 405 does not say what is allowed.

Caught by: methods/allows_get
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Response


class Broken(HardenedServer):
    def method_not_allowed(self, allowed):
        return Response(405)


Broken.main()
