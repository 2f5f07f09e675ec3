"""The page is read as text: its line ends are changed.

Caught by: index/keeps_every_sign
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        return path.read_text(encoding="latin-1").encode("latin-1")


Broken.main()
