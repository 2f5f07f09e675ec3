"""The root is answered before anybody looks at a method that is not known.

Caught by: methods/refuses_the_unknown
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def route(self, request, path):
        return self.root(request) if path == "/" and self.unknown_method(request) else super().route(request, path)


Broken.main()
