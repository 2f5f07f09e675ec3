"""exists is true for a directory too, and reading one raises.

Caught by: files/directory_is_refused
"""

import os
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def serve_file(self, request, name):
        path = self.place_to_read(name)
        if path and os.path.isdir(path):
            path.read_bytes()
        return super().serve_file(request, name)


Broken.main()
