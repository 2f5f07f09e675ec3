"""Around a size, whatever counts as white space in ASCII is stripped.

Caught by: chunked/not_only_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def chunk_size(self, line):
        self.check_extension(line)
        return super().chunk_size(line.strip())


Broken.main()
