"""A body is read, and then refused when it has more than a mebibyte.

Caught by: limits/large_body_is_stored
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def read_body(self, client, request):
        body = super().read_body(client, request)
        if body and len(body) > 1 << 20:
            raise Refusal(413)
        return body


Broken.main()
