"""Location is the path of the folder without its first slash, so it counts from where the client is.

Caught by: folders/leads_to_the_slash
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def location(self, request, path):
        return super().location(request, path).removeprefix("/")


Broken.main()
