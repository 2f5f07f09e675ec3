"""Whatever int() takes for a number is a length, if it is not below zero.

Caught by: malformed/length_in_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_digits(self, length):
        try:
            right = int(length) >= 0
        except ValueError:
            right = False
        if not right:
            raise Refusal(400)


Broken.main()
