"""Content-Length in the answer to HEAD of a page is 0: the body is dropped before it is counted.

Caught by: not-found-page/length_of_head
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def frame(self, request, response):
        super().frame(request, response)
        if request.method == "HEAD" and response.status == 200:
            response.headers["Content-Length"] = "0"


Broken.main()
