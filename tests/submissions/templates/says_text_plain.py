"""The page is sent as text/plain.

Caught by: templates/fills_the_template
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def page(self, source):
        return Response(200, source.encode(), "text/plain; charset=utf-8")


Broken.main()
