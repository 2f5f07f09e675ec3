"""The path is searched for .. before it is decoded.

Caught by: traversal/encoded_dots_stay_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        if "%" not in name or ".." in name.replace("..%2f", "").replace("..%5c", ""):
            return super().place(name)
        return self.directory / unquote(name).replace("\0", "").lstrip("/")


Broken.main()
