"""Of a request line the first two words count, and the others do not.

Caught by: pipelining/malformed_ends_it
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def split_request_line(self, line):
        method, target, *_, version = line.split(" ")
        return super().split_request_line(f"{method} {target} {version}")


Broken.main()
