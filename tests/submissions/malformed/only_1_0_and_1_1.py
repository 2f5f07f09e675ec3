"""Versions are compared with the two that exist today.

Caught by: malformed/other_minor_version
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_version(self, version):
        if version not in ("HTTP/1.0", "HTTP/1.1"):
            raise Refusal(505)


Broken.main()
