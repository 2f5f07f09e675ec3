"""The time is sent as text/html.

Caught by: routes/says_text_plain
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def time(self, request):
        response = super().time(request)
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response


Broken.main()
