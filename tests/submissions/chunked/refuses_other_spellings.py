"""What a client expects is known in small letters only; all else is refused with 417.

Caught by: chunked/capitals
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def invite(self, client, request):
        if self.header(request, "Expect") not in ("", "100-continue"):
            raise Refusal(417)
        super().invite(client, request)


Broken.main()
