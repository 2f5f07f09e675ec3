"""Whoever knows the server by another name than localhost is sent away.

Caught by: malformed/any_host
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_host_name(self, host):
        super().check_host_name(host)
        if host and "localhost" not in host:
            raise Refusal(404)


Broken.main()
