"""The path is made absolute without following the symlinks in it.

Caught by: files/symlink_stays_inside
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        path = Path(os.path.abspath(os.path.join(self.directory, unquote(name))))
        return path if path.is_relative_to(self.directory) else None


Broken.main()
