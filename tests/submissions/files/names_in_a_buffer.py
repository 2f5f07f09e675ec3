"""A buffer for names takes 64 characters.

Caught by: files/takes_long_names
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        return super().place(name[:64] if len(unquote(name)) < 256 else name)


Broken.main()
