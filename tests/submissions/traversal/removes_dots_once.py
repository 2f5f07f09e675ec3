"""Every ../ is removed from the path, once: what is left of ....// is another one.

Caught by: traversal/dots_stay_inside
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place_to_read(self, name):
        return self.directory / name.replace("../", "") if "....//" in name else self.place(name)


Broken.main()
