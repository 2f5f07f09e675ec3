"""The file is opened by its name alone, so in the directory in which the program runs.

Caught by: index/serves_the_index
"""

from pathlib import Path
import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        return Path(name)


Broken.main()
