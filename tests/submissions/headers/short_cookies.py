"""A cookie of more than 1,024 characters is refused, although browsers send four times as much.

Caught by: headers/browser_sized_head
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        if name == "cookie" and len(value) > 1024:
            raise ValueError("the cookie is too long")
        return name, value


Broken.main()
