"""The third word of the first line is used without looking whether there is one.

Caught by: malformed/two_words, malformed/other_version
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        if line.count(" ") == 1:
            raise IndexError("list index out of range")
        return super().split_request_line(line)


Broken.main()
