"""A target that is a whole URL is taken for a path, and there is nothing at it.

Caught by: malformed/whole_url
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer
from right_server import Server


class Broken(HardenedServer):
    def path(self, target):
        return Server.path(self, target)


Broken.main()
