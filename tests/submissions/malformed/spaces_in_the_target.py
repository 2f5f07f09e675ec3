"""A target may have spaces: what stands between the first word and the last is taken for it.

Caught by: malformed/says_400
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        if line.count(" ") < 3:
            return super().split_request_line(line)
        method, _, rest = line.partition(" ")
        return method, *rest.rsplit(" ", 1)


Broken.main()
