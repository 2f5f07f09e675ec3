"""The target is logged percent-decoded, and only control characters are escaped.

Caught by: request-log/path_forges_no_status
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def request_line(self, request):
        return f"{request.method} {unquote(request.target)} {request.version}"

    def escaped_sign(self, sign):
        return sign if sign == '"' else super().escaped_sign(sign)


Broken.main()
