"""An answer that has no content says so in a body.

Caught by: methods/no_length_of_204
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def options(self, allowed):
        response = super().options(allowed)
        response.body = b"nothing here\n"
        return response


Broken.main()
