"""Nobody looks whether there is a Host.

Caught by: malformed/no_host
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_host(self, request):
        self.check_host_name(self.header(request, "Host"))


Broken.main()
