"""All files are read when the program starts, and none after that.

Caught by: index/serves_the_index
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def __init__(self, directory):
        super().__init__(directory)
        self.pages = {path: path.read_bytes() for path in self.directory.glob("*.html")}

    def is_file(self, path):
        return path in self.pages

    def load(self, path):
        return self.pages[path]


Broken.main()
