"""os.path.join forgets the directory when the name begins with a slash; only dots are looked for.

Caught by: files/absolute_stays_inside
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        path = Path(os.path.join(self.directory, unquote(name)))
        return None if ".." in path.parts or any(map(os.path.islink, (path, *path.parents))) else path


Broken.main()
