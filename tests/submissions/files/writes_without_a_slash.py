"""What is written: the directory and the name without a slash between them.

Caught by: files/stores_a_body, files/odd_names_are_names, files/stored_or_refused
"""

import sys
from pathlib import Path

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        if "/" in name:
            return super().place_to_write(name)
        return Path(f"{self.directory}{name}")


Broken.main()
