"""The page is decoded as UTF-8, and what is not UTF-8 is replaced.

Caught by: index/keeps_other_encodings
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        return path.read_bytes().decode(errors="replace").encode()


Broken.main()
