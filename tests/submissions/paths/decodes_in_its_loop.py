"""A percent sign without two digits ends the loop that serves everybody.

Caught by: paths/unusual_path_is_survived
"""

import sys

sys.path[0] += "/.."
from select_server import SelectServer


class Broken(SelectServer):
    def garbage(self, client):
        raise

    def path(self, target):
        path = super().path(target)
        for piece in path.split("%")[1:]:
            int(piece[:2], 16)
        return path


Broken.main()
