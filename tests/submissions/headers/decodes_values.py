"""Percent signs are decoded in the values of headers, too.

Caught by: headers/colons_in_the_value
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_headers(self, lines):
        return super().parse_headers([unquote(line) for line in lines])


Broken.main()
