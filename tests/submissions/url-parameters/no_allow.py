"""The status 405 comes without Allow.

Caught by: url-parameters/refuses_other_methods
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def method_not_allowed(self, methods):
        return self.error(405)


Broken.main()
