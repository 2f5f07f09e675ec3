"""A body that is too large is answered with 400.

Caught by: limits/announced_body
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_length(self, request):
        try:
            super().check_length(request)
        except Refusal as refusal:
            raise Refusal(400) from refusal


Broken.main()
