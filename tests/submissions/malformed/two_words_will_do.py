"""A missing version is taken for HTTP/1.1.

Caught by: malformed/other_version
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        return super().split_request_line(line if line.count(" ") != 1 else f"{line} HTTP/1.1")


Broken.main()
