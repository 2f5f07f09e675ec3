"""The id of the request that is being read is in a variable that all requests share.

Caught by: middleware/ids_apart
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    current = ""

    def parse_head(self, head):
        request = super().parse_head(head)
        self.current = super().sent_id(request)
        return request

    def sent_id(self, request):
        return self.current


Broken.main()
