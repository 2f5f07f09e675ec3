"""Every version that looks like one is spoken.

Caught by: malformed/other_version
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_version(self, version):
        if not version.startswith("HTTP/"):
            raise Refusal(400)


Broken.main()
