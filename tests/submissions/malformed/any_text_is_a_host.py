"""Nobody looks at what the Host says.

Caught by: malformed/host_is_none
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_host_name(self, host):
        pass


Broken.main()
