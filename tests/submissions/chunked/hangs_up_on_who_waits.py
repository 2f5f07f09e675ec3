"""A client that waits for 100 (Continue) waits in vain: after a while it is hung up on.

Caught by: chunked/tells_to_go_on
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def limit(self, client):
        client.socket.settimeout(1.5)

    def invite(self, client, request):
        pass

    def give_up(self, client):
        pass


Broken.main()
