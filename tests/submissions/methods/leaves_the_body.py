"""The body of a POST that is refused is left in the stream.

Caught by: methods/takes_the_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def read_body(self, client, request):
        return b"" if request.target == "/" else super().read_body(client, request)


Broken.main()
