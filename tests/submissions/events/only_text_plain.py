"""A POST without Content-Type: text/plain is refused.

Caught by: events/ordinary_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def post_event(self, request):
        if not self.header(request, "Content-Type").startswith("text/plain"):
            return self.error(415)
        return super().post_event(request)


Broken.main()
