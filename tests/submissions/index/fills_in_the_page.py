"""The page is taken for a format string, and a brace in a style raises.

Caught by: index/keeps_every_sign
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        return path.read_bytes().decode("latin-1").format(path=path).encode("latin-1")


Broken.main()
