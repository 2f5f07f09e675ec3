"""HEAD is a method that is not known.

Caught by: not-found-page/head_of_a_page, not-found-page/head_of_nothing
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        return Response(405) if request.method == "HEAD" else super().route(request, path)


Broken.main()
