"""Of several lines of codings, the last one counts.

Caught by: chunked/unknown_coding
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def joined(self, headers, name, value):
        return value


Broken.main()
