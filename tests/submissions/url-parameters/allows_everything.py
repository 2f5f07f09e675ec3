"""The status 405 comes with an Allow that lists every method.

Caught by: url-parameters/refuses_other_methods
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def method_not_allowed(self, methods):
        return super().method_not_allowed(["GET", "POST", "PUT", "DELETE"])


Broken.main()
