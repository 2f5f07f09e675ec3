"""A size is whatever int makes a number of: 0x5, +5 and 0_5.

Caught by: chunked/not_only_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def chunk_size(self, line):
        self.check_extension(line)
        return abs(int(line.partition(b";")[0], 16))


Broken.main()
