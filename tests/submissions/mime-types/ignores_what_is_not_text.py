"""Each file is decoded, and the bytes that are not UTF-8 are dropped.

Caught by: mime-types/serves_every_byte
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        return path.read_bytes().decode(errors="ignore").encode()


Broken.main()
