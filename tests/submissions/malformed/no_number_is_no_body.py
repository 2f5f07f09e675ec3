"""A length that is no number counts as none.

Caught by: malformed/length_in_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_length(self, request):
        if request.headers.get("content-length", "0").isalpha():
            request.headers["content-length"] = "0"
        super().check_length(request)


Broken.main()
