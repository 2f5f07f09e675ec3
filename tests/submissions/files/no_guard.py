"""The name in the path is joined to the directory, and nobody looks where that leads.

Caught by: files/dots_stay_inside, files/encoded_dots_stay_inside, files/absolute_stays_inside, files/symlink_stays_inside, files/writes_stay_inside, files/writes_through_links_stay_inside
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        return Path(os.path.join(self.directory, unquote(name).replace("\0", "")))


Broken.main()
