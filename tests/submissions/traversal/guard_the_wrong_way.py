"""The guard asks whether the site is inside the file, not whether the file is inside the site.

Caught by: traversal/serves_a_file
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        path = super().place(name)
        return path if path is not None and self.directory.is_relative_to(path) else None


Broken.main()
