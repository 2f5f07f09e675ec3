"""Files are opened as text: bytes that are no text raise, and line ends are changed.

Caught by: files/serves_every_byte, files/serves_crlf
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        return path.read_text(encoding="utf-8").encode()


Broken.main()
