"""A path with two slashes at its beginning is an absolute one, and joining drops the directory.

Caught by: traversal/absolute_stays_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        decoded = unquote(name)
        if not decoded.startswith("/") or "\0" in decoded or ".." in decoded:
            return super().place(name)
        return self.directory / decoded


Broken.main()
