"""Whatever is no method that the server knows is served like GET.

Caught by: methods/refuses_the_unknown, methods/minds_the_case
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def route(self, request, path):
        if self.unknown_method(request):
            request.method = "GET"
        return super().route(request, path)


Broken.main()
