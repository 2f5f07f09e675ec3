"""The whole head is made lower case, so that the names of headers can be compared; the request line is not.

Caught by: headers/any_case, headers/beyond_ascii_comes_back
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_headers(self, lines):
        return super().parse_headers([line.lower() for line in lines])


Broken.main()
