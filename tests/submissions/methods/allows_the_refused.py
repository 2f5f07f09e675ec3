"""Allow names the method that was refused, and not those that there are.

Caught by: methods/allows_get
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def route(self, request, path):
        response = super().route(request, path)
        if response.status == 405:
            response.headers["Allow"] = request.method
        return response


Broken.main()
