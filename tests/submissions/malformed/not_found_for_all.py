"""A first line that is none is answered 404, as if it were a path.

Caught by: malformed/says_400
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def split_request_line(self, line):
        if line.count(" ") != 2:
            raise Refusal(404)
        return super().split_request_line(line)


Broken.main()
