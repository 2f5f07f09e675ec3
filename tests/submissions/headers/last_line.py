"""The header is taken from the last line, where curl happens not to put it.

Caught by: headers/any_position
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_headers(self, lines):
        return {**super().parse_headers(lines), "user-agent": self.parse_header(lines[-1])[1]}


Broken.main()
