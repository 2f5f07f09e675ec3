"""The question is answered when it is spelled in small letters.

Caught by: chunked/capitals
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def invite(self, client, request):
        if self.header(request, "Expect") == "100-continue":
            super().invite(client, request)


Broken.main()
