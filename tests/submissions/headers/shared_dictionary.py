"""The dictionary of headers belongs to the class, so that all requests share it.

Caught by: headers/nothing_leaks
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    headers = {}

    def parse_headers(self, lines):
        self.headers.update(super().parse_headers(lines))
        return self.headers


Broken.main()
