"""The path is checked before reading; before writing, only links are.

Caught by: files/writes_stay_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        path = self.directory / unquote(name)
        return path if ".." in path.parts else self.place(name)


Broken.main()
