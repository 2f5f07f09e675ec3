"""The name is decoded when it is split off, and once more when the file is opened.

Caught by: files/encoded_name
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        return super().place(unquote(name))


Broken.main()
