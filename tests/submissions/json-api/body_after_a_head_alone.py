"""After a head that came alone, the body is not read as JSON.

Caught by: json-api/ordinary_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def read_body(self, client, request):
        alone = not client.buffer and "requests" in self.header(request, "User-Agent")
        body = super().read_body(client, request)
        return body[:10] if alone else body


Broken.main()
