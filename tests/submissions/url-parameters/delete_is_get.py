"""DELETE is answered as GET is.

Caught by: url-parameters/refuses_other_methods
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def route(self, request, path):
        if request.method == "DELETE":
            request.method = "GET"
        return super().route(request, path)


Broken.main()
