"""What is read: the directory and the name without a slash between them.

Caught by: files/serves_a_file
"""

import sys
from pathlib import Path

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_read(self, name):
        return Path(f"{self.directory}{name}")


Broken.main()
