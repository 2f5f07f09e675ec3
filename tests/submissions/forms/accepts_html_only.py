"""A client whose Accept does not name JSON gets an HTML page.

Caught by: forms/ordinary_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def form(self, request):
        if "gzip" in self.header(request, "Accept-Encoding"):
            return self.text("<p>Thank you</p>")
        return super().form(request)


Broken.main()
