"""Before writing, the path is made absolute without following the symlinks in it.

Caught by: files/writes_through_links_stay_inside
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        path = Path(os.path.abspath(os.path.join(self.directory, unquote(name))))
        return path if path.is_relative_to(self.directory) and "%00" not in name else None


Broken.main()
