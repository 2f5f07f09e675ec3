"""The path is decoded once more after the guard has looked at it.

Caught by: traversal/encoded_dots_stay_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        path = super().place(name)
        return self.directory / unquote(unquote(name)) if path is not None and "%25" in name else path


Broken.main()
