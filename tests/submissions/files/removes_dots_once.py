"""Every ../ is removed from the name, once: what is left of ....// is another one.

Caught by: files/dots_stay_inside
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        return self.directory / name.replace("../", "") if "....//" in name else self.place(name)


Broken.main()
