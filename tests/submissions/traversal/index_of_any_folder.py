"""The guard is asked for files; the index of a folder is opened wherever the folder is.

Caught by: traversal/folders_stay_outside
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def existing(self, name):
        path = self.directory / unquote(name).replace("\0", "").lstrip("/")
        outside = path.name == "index.html" and path.is_file() and not path.parent.is_symlink()
        return path if outside else super().existing(name)


Broken.main()
