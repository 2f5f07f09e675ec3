"""A name that is too long for a file ends the program.

Caught by: not-found-page/odd_paths_are_survived
"""

import os
import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def is_file(self, path):
        if len(path.name) > 255:
            os._exit(1)
        return super().is_file(path)


Broken.main()
