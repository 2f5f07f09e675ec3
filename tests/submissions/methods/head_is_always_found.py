"""HEAD is answered before anybody looks whether the page is there.

Caught by: methods/head_of_nothing
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer, Response


class Broken(HardenedServer):
    def route(self, request, path):
        return (
            Response(200) if request.method == "HEAD" and self.allowed(path) is None else super().route(request, path)
        )


Broken.main()
