"""The count is sent as a JSON object.

Caught by: sessions/counts_one_client
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def counter(self, request):
        response = super().counter(request)
        response.body = b'{"count": ' + response.body + b"}"
        return response


Broken.main()
