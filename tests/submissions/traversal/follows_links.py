"""The path is made absolute without following the symlinks in it.

Caught by: traversal/links_stay_inside
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        path = Path(os.path.abspath(os.path.join(self.directory, unquote(name))))
        return path if path.is_relative_to(self.directory) else None


Broken.main()
