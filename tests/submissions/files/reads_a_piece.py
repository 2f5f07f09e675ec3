"""A file is read by one call of read with a size, and the rest is forgotten.

Caught by: files/serves_large, files/slow_reader
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        with path.open("rb") as file:
            return file.read(1 << 20)


Broken.main()
