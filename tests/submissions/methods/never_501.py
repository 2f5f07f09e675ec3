"""A method that nobody knows is answered like one that only this path does not have.

Caught by: methods/says_501
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def unknown_method(self, request):
        return False


Broken.main()
