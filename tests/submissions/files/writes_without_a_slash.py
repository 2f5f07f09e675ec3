"""What is written: the directory and the name without a slash between them.

Caught by: files/stores_a_body, files/sibling_stays_outside, files/writes_stay_inside, files/writes_through_links_stay_inside, files/commands_are_names, files/odd_names_are_names, files/stored_or_refused
"""

import sys
from pathlib import Path

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place_to_write(self, name):
        return Path(f"{self.directory}{name}")


Broken.main()
