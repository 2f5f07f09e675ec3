"""HEAD is not in the table of methods.

Caught by: methods/head_of_root
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def unknown_method(self, request):
        return request.method == "HEAD" or super().unknown_method(request)


Broken.main()
