"""An answer that has no content says that its length is 0.

Caught by: methods/no_length_of_204
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def frame(self, request, response):
        response.headers["Content-Length"] = str(self.length(response))


Broken.main()
