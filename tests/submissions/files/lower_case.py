"""The name is made lower case.

Caught by: files/takes_names_as_they_are, files/stores_a_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        return super().place(name.lower())


Broken.main()
