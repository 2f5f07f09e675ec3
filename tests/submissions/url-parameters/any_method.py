"""The route answers every method.

Caught by: url-parameters/refuses_other_methods
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def method_not_allowed(self, methods):
        return self.json(self.user_of(42))


Broken.main()
