"""The name chunked is known in lower case only.

Caught by: chunked/name_in_any_case
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_framing(self, request):
        coding = request.headers.get("transfer-encoding", "chunked")
        if coding != "chunked" and coding.lower() == "chunked":
            self.refuse_coding()
        super().check_framing(request)


Broken.main()
