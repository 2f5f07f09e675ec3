"""The length goes through int(), and nobody expects that to fail.

Caught by: malformed/two_lengths, malformed/length_in_digits, malformed/empty_length
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_digits(self, length):
        try:
            super().check_digits(length)
        except Refusal as refusal:
            raise RuntimeError(f"invalid literal for int() with base 10: {length!r}") from refusal


Broken.main()
