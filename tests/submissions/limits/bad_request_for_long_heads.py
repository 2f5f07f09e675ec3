"""Header lines that are too long are answered with 400.

Caught by: limits/answers_431
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_fields(self, fields):
        try:
            super().check_fields(fields)
        except Refusal as refusal:
            raise Refusal(400) from refusal


Broken.main()
