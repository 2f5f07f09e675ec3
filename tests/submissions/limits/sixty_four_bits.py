"""The length is kept in 64 bits, and the rest of it is lost.

Caught by: limits/length_overflows
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def check_length(self, request):
        length = request.headers.get("content-length", "0")
        self.check_digits(length)
        request.headers["content-length"] = str(int(length) & (1 << 64) - 1)
        super().check_length(request)


Broken.main()
