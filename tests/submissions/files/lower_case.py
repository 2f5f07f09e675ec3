"""The name is made lower case when a file is looked for, and not when it is stored.

Caught by: files/takes_names_as_they_are
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        return super().place_to_read(name.lower())


Broken.main()
