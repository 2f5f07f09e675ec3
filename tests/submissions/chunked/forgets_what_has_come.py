"""When the client is told to go on, what it has sent already is thrown away.

Caught by: chunked/does_not_wait
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def invite(self, client, request):
        if self.header(request, "Expect") and request.version == "HTTP/1.1":
            client.buffer = b""
        super().invite(client, request)


Broken.main()
