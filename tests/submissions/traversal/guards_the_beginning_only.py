"""The guard looks for .. at the beginning of the path alone, and not in its middle.

Caught by: traversal/dots_stay_inside
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        first, _, rest = name.partition("/")
        if "%" in name or not first.isalnum() or not rest.startswith("../"):
            return super().place(name)
        return self.directory / name


Broken.main()
