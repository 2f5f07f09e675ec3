"""An HTTP/1.0 client, too, is sent 100 (Continue).

Caught by: chunked/none_for_http_1_0
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def invite(self, client, request):
        if self.header(request, "Expect").lower() == "100-continue":
            self.send(client, b"HTTP/1.1 100 Continue\r\n\r\n")


Broken.main()
