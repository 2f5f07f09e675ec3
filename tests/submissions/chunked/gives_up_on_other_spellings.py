"""The question in capitals is not seen: its client waits for 100 (Continue) and gets 408 (Request Timeout).

Caught by: chunked/capitals
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def limit(self, client):
        client.socket.settimeout(1.5)

    def invite(self, client, request):
        if self.header(request, "Expect") == "100-continue":
            super().invite(client, request)


Broken.main()
