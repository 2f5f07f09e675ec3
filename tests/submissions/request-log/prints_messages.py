"""The message of an exception is printed as it is.

Caught by: request-log/exception_forges_no_line
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def boom(self, request):
        raise RuntimeError(self.message(request))


Broken.main()
