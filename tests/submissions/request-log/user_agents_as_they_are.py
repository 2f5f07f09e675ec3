"""Referer and User-Agent follow, as they were sent.

Caught by: request-log/header_forges_no_line
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def line(self, request, response):
        referer, agent = (self.header(request, name, "-") for name in ("Referer", "User-Agent"))
        return f'{super().line(request, response)} "{referer}" "{agent}"'


Broken.main()
