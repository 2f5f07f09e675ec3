"""Only the first 31 characters of the boundary are compared.

Caught by: uploads/resembles_the_boundary
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def between(self, boundary, body):
        super().between(boundary, body)
        return re.split(rb"\r\n--" + boundary.encode()[:31] + rb"[^\r\n]*", b"\r\n" + body)[1:-1]


Broken.main()
