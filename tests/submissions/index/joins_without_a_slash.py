"""The directory and the name are joined without a slash between them.

Caught by: index/serves_the_index
"""

from pathlib import Path
import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        return Path(f"{self.directory}{name}")


Broken.main()
