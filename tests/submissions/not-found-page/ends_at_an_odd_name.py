"""A name that no file can have ends the program.

Caught by: not-found-page/odd_paths_are_survived
"""

import os
import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        if "%00" in name:
            os._exit(1)
        return super().place(name)


Broken.main()
