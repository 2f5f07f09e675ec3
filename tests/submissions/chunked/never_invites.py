"""A client that waits for 100 (Continue) waits in vain.

Caught by: chunked/tells_to_go_on
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def invite(self, client, request):
        pass


Broken.main()
