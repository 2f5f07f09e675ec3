"""A Content-Length is too large when it has many digits, be they zeros in front.

Caught by: limits/many_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_digits(self, length):
        super().check_digits(length)
        if len(length) > 20:
            raise Refusal(413)


Broken.main()
