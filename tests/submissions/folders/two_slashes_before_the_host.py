"""Slashes at the beginning are left out in looking for the folder, but not in its Location.

Caught by: folders/stays_on_this_host
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def name(self, path):
        return path.lstrip("/")


Broken.main()
