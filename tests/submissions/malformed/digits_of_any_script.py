"""A length may be written in the digits of any script.

Caught by: malformed/length_in_digits
"""

import re
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_digits(self, length):
        if not re.fullmatch(r"\d+", length):
            raise Refusal(400)

    def decode(self, head):
        return head.decode(errors="surrogateescape")


Broken.main()
