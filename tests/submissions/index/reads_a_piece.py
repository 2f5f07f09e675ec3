"""Only the first 64 KiB of a page are read.

Caught by: index/serves_large
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        with path.open("rb") as file:
            return file.read(65536)


Broken.main()
