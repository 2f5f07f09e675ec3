"""Of two Host lines the dictionary keeps the last one.

Caught by: malformed/two_hosts
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_repeated(self, headers, name, value):
        if name != "host":
            super().check_repeated(headers, name, value)


Broken.main()
