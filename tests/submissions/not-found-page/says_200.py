"""What is missing gets a page that says so, with status 200.

Caught by: not-found-page/missing_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        return Response(200, self.no_page(), "text/html")


Broken.main()
