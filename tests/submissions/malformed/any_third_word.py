"""Nobody looks at the third word of the first line.

Caught by: malformed/other_version
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_version(self, version):
        pass


Broken.main()
