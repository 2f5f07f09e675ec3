"""The path is split into at most two folders and a name: what is deeper is not found.

Caught by: folders/serves_deep_folders
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def find(self, name):
        return super().find(name) if name.count("/") < 3 else None


Broken.main()
