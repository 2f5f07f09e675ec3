"""An HTTP/1.0 client that sends chunks and asks for keep-alive gets it.

Caught by: chunked/closes_after_1_0
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def is_framed_oddly(self, request):
        return False


Broken.main()
