"""Only names with a percent sign are looked at before they are joined to the directory.

Caught by: files/dots_stay_inside
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        return self.directory / name if "../" in name else self.place(name)


Broken.main()
