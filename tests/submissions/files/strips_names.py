"""Blanks around a name are stripped before it is stored.

Caught by: files/odd_names_are_names
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        return self.place(unquote(name).strip(" "))


Broken.main()
