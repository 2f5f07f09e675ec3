"""The target is logged percent-decoded, with the line ends that it holds.

Caught by: request-log/path_forges_no_line
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def request_line(self, request):
        return f"{request.method} {unquote(request.target)} {request.version}"

    def escaped_sign(self, sign):
        return sign if sign in "\r\n" else super().escaped_sign(sign)


Broken.main()
