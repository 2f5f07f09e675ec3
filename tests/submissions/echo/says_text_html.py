"""The answer says that it is a page of HTML.

Caught by: echo/says_text_plain
"""

import sys

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def echo(self, request, path):
        return Response(200, self.echo_text(path).encode(), "text/html")


Broken.main()
