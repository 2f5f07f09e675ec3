"""The path is checked before reading, and not before writing.

Caught by: files/writes_stay_inside, files/writes_through_links_stay_inside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        return self.directory / unquote(name).replace("\0", "")


Broken.main()
