"""The media type of the body is not looked at.

Caught by: json-api/other_types
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def check_type(self, request):
        pass


Broken.main()
