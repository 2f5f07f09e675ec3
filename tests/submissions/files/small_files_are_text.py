"""Files below one megabyte are taken for text, and what is no text is replaced.

Caught by: files/serves_every_byte
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        content = super().load(path)
        return content.decode(errors="replace").encode() if len(content) < 1 << 20 else content


Broken.main()
