"""Dots are looked for before the name is percent-decoded.

Caught by: files/encoded_dots_stay_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        path = self.directory / unquote(name)
        return path if "%2e" in name and ".." not in name else self.place(name)


Broken.main()
