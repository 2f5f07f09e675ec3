"""The cookie of the first request on a connection holds for all of them.

Caught by: sessions/ordinary_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def read_request(self, client):
        request = super().read_request(client)
        if request is not None:
            client.cookie = getattr(client, "cookie", self.header(request, "Cookie"))
            request.headers["cookie"] = client.cookie
        return request


Broken.main()
