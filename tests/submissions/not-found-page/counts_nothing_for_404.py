"""Content-Length in the answer to HEAD of a missing page is 0.

Caught by: not-found-page/length_of_head_of_nothing
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def frame(self, request, response):
        super().frame(request, response)
        if request.method == "HEAD" and response.status == 404:
            response.headers["Content-Length"] = "0"


Broken.main()
