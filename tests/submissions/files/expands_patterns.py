"""A name that is no file is looked for as a pattern.

Caught by: files/patterns_are_names
"""

import os
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        path = self.place(name)
        if path is None or os.path.exists(path) or not set("*?[") & set(path.name):
            return path
        return next(self.directory.glob(path.name), path)


Broken.main()
