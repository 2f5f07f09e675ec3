"""What can be decoded is taken for text, and its line ends are changed to those of this system.

Caught by: files/serves_crlf
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        try:
            return path.read_text(encoding="utf-8").encode()
        except UnicodeDecodeError:
            return path.read_bytes()


Broken.main()
