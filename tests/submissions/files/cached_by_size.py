"""A file is read again only when its size has changed.

Caught by: files/replaces
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.contents = {}

    def load(self, path):
        key = path, path.stat().st_size
        if key not in self.contents:
            self.contents[key] = super().load(path)
        return self.contents[key]


Broken.main()
