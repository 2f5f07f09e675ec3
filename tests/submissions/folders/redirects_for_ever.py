"""A folder is redirected to itself, for ever: the slash is added although it is there.

Caught by: folders/serves_the_index
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def find(self, name):
        return None if name.endswith("/") else super().find(name)

    def is_folder(self, name):
        return self.existing(self.index(name.rstrip("/") + "/")) is not None

    def location(self, request, path):
        return path.rstrip("/") + "/"


Broken.main()
