"""JSON that is nested too deep is answered with 500.

Caught by: json-api/deep_is_4xx
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def too_deep(self):
        raise OverflowError("too deep")


Broken.main()
