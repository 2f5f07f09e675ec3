"""What is not found is answered with a page and 200, as for an application in the browser.

Caught by: routes/unknown_gets_404
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def not_found(self):
        return Response(200, b"<!doctype html><title>Home</title><p>Welcome.", "text/html")


Broken.main()
