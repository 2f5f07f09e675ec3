"""The answer does not say that it depends on Accept-Encoding.

Caught by: gzip/says_vary
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def encode(self, request, response):
        super().encode(request, response)
        response.headers.pop("Vary", None)


Broken.main()
