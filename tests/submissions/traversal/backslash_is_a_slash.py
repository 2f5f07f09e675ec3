"""After the guard has looked at the path, each backslash in it becomes a slash.

Caught by: traversal/encoded_dots_stay_inside
"""

import sys
from pathlib import Path

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        path = super().place(name)
        return path if path is None or "\\" not in str(path) else Path(str(path).replace("\\", "/"))


Broken.main()
