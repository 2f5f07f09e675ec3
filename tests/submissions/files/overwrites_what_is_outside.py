"""Before writing, a path is checked only when it is a new one: what exists is overwritten.

Caught by: files/writes_stay_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        path = self.directory / unquote(name).replace("\0", "")
        return path if ".." in path.parts and path.exists() else self.place(name)


Broken.main()
