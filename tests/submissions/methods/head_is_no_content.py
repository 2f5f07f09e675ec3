"""HEAD on a file is answered 204, for there is no body.

Caught by: methods/head_of_pages
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def serve_file(self, request, name):
        response = super().serve_file(request, name)
        if request.method == "HEAD" and response.status == 200:
            response.status = 204
        return response


Broken.main()
