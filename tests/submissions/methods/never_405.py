"""A method that the path does not have is answered 501.

Caught by: methods/says_405
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Response


class Broken(HardenedServer):
    def method_not_allowed(self, allowed):
        return Response(501)


Broken.main()
