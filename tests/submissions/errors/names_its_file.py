"""The body of the 500 names the file in which the handler is, far down in the page.

Caught by: errors/shows_no_path
"""

import os
import sys

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        page = f"<style>p {{ {'color: red; ' * 200}}}</style><p>Error in {os.path.abspath(__file__)}"
        return Response(500, page.ljust(4000).encode(), "text/html")


Broken.main()
