"""The last segment is the parameter, wherever it stands.

Caught by: url-parameters/one_segment
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def route(self, request, path):
        if request.method == "GET" and path.rpartition("/")[2].isdigit():
            return self.user(request, path.rpartition("/")[2])
        return super().route(request, path)


Broken.main()
