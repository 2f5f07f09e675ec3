"""An empty line before the request line is taken for the request line.

Caught by: ok/ignores_a_leading_empty_line
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def skip_empty_lines(self, data):
        return data


Broken.main()
