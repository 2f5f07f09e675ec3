"""The page is decoded as UTF-8, which raises for a page in another encoding.

Caught by: index/keeps_other_encodings
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        return path.read_bytes().decode().encode()


Broken.main()
