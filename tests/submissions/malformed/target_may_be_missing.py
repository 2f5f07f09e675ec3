"""Where the target is missing, the root is meant.

Caught by: malformed/two_words
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        if line.count(" ") == 1 and line.endswith(" HTTP/1.1"):
            line = line.replace(" ", " / ")
        return super().split_request_line(line)


Broken.main()
