"""The body of a POST is what one recv returns.

Caught by: events/long_text
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def read_body(self, client, request):
        if not client.buffer and self.content_length(request):
            self.receive(client)
        body, client.buffer = client.buffer, b""
        return body


Broken.main()
