"""Every path that holds two dots is rejected, also where they are a part of a name.

Caught by: traversal/dots_in_a_name
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        return None if ".." in unquote(name) else super().place(name)


Broken.main()
