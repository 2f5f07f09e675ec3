"""What stands before a colon in the name of an upload is taken for a drive.

Caught by: files/odd_names_are_names
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        return super().place_to_write(name.rpartition("%3A")[2])


Broken.main()
