"""The head is decoded as UTF-8, and nobody expects that to fail.

Caught by: malformed/garbage, malformed/length_in_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def decode(self, head):
        try:
            return head.decode()
        except UnicodeDecodeError as error:
            raise RuntimeError(error) from error


Broken.main()
