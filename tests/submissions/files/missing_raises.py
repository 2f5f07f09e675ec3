"""A missing file is opened without a look, and the error ends the handler without an answer.

Caught by: files/missing_is_404, files/impossible_name_is_answered
"""

import os
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def serve_file(self, request, name):
        path = self.place_to_read(name)
        if path and not os.path.exists(path):
            raise FileNotFoundError(f"no file {name[:20]}")
        return super().serve_file(request, name)


Broken.main()
