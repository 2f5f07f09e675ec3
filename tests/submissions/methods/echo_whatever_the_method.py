"""The path /echo/ is answered as always, whatever the method.

Caught by: methods/refuses_delete
"""

import sys

sys.path[0] += "/.."
from hardened_server import METHODS, HardenedServer


class Broken(HardenedServer):
    def allowed(self, path):
        return METHODS if path.startswith("/echo/") else super().allowed(path)


Broken.main()
