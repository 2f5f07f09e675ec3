"""The length in the answer to HEAD is that of what is sent: 0.

Caught by: methods/length_of_head
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def frame(self, request, response):
        super().frame(request, response)
        if request.method == "HEAD":
            response.headers["Content-Length"] = "0"


Broken.main()
