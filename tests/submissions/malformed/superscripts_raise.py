"""A length is digits when isdigit() says so, and int() takes fewer of them.

Caught by: malformed/length_in_digits
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Refusal


class Broken(HardenedServer):
    def check_digits(self, length):
        if not length.isdigit():
            raise Refusal(400)

    def check_length(self, request):
        try:
            super().check_length(request)
        except Refusal:
            raise
        except ValueError as error:
            raise RuntimeError(error) from error


Broken.main()
