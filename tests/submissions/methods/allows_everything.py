"""Allow lists every method that the server knows, whatever the path.

Caught by: methods/allow_is_true
"""

import sys

sys.path[0] += "/.."
from hardened_server import METHODS, HardenedServer


class Broken(HardenedServer):
    def options(self, allowed):
        return super().options(METHODS)

    def method_not_allowed(self, allowed):
        return super().method_not_allowed(METHODS)


Broken.main()
