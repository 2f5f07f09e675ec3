"""A file without a letter in it is taken for an empty one.

Caught by: files/serves_crlf
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        content = path.read_bytes()
        return content if content.strip() else b""


Broken.main()
