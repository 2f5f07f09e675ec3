"""OPTIONS is answered, and does not say what is allowed.

Caught by: methods/options_of_root
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Response


class Broken(HardenedServer):
    def options(self, allowed):
        return Response(204)


Broken.main()
