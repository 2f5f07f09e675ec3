"""HEAD is answered with 200, whether there is a file or not.

Caught by: not-found-page/head_of_nothing
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def respond(self, request, close):
        response = super().respond(request, close)
        if request.method == "HEAD":
            response.status = 200
        return response


Broken.main()
