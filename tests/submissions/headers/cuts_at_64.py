"""A value is kept in 64 characters, as in a small array of C.

Caught by: headers/any_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_header(self, line):
        name, value = super().parse_header(line)
        return name, value[:64] if name == "user-agent" else value


Broken.main()
